"""Paths of files, where engines read more into them than a path."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlfeat.errors import Problem
from sqlfeat.plan.connectors import Files
from sqlfeat.plan.tables import Plan


def without_patterns(path: str) -> str:
    """Return a path in which the characters of a pattern stand for themselves.

    >>> print(without_patterns("in/a*b[1].json"))
    in/a\\*b\\[1\\].json
    """
    return re.sub(r"([{}\[\]*?\\])", r"\\\1", path)


def problems_of_paths(plan: Plan, character: str, reason: str) -> Iterator[Problem]:
    """Yield a problem for each file and folder whose path holds a character, its scheme apart."""
    tables = [(source.name, source.connector) for source in plan.sources]
    tables += [(output.name, output.connector) for output in plan.outputs if output.connector is not None]
    for name, connector in tables:
        if not isinstance(connector, Files):
            continue
        local = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?", "", connector.path)
        if character in local:
            yield Problem(
                name, None, f"the path {connector.path!r} holds {character!r}: {reason}", "Rename it."
            )
