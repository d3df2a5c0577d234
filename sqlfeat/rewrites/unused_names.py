"""Names for what a rule adds, which nothing else has."""

from __future__ import annotations

from collections.abc import Iterable


def unused(wanted: str, taken: Iterable[str]) -> str:
    """Return the name, with underscores after it while it is taken, whatever the case.

    >>> unused("age", ["Age", "age_", "name"])
    'age__'
    """
    folded = {name.casefold() for name in taken}
    while wanted.casefold() in folded:
        wanted += "_"
    return wanted
