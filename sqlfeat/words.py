"""What a reader writes and reads: durations and lists of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlfeat.errors import ExpressionError

Duration = timedelta | str

UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no name and no path may hold: controls other than tab and newline, and halves."""


def is_clean(value: object) -> bool:
    """Whether a value is text that a script can hold as a name.

    >>> is_clean("it's; a `name`"), is_clean(""), is_clean("bell \\x07"), is_clean(None)
    (True, False, False, False)
    """
    return isinstance(value, str) and value != "" and UNCLEAN.search(value) is None


UNITS: dict[str, int] = {
    "millisecond": 1,
    "second": 1_000,
    "minute": 60_000,
    "hour": 3_600_000,
    "day": 86_400_000,
    "week": 7 * 86_400_000,
}

LONGEST_MS = 999_999_999 * UNITS["day"]
"""As long as a timedelta can be."""

_TEXT = re.compile(r"\s*([0-9]{1,18})\s*([A-Za-z]+?)s?\s*")


def milliseconds(duration: Duration) -> int:
    """Return a duration in milliseconds.

    Raises ExpressionError when it cannot be read, is negative, or is finer than a millisecond.

    >>> milliseconds("2 minutes"), milliseconds(timedelta(seconds=1.5))
    (120000, 1500)
    """
    if isinstance(duration, timedelta):
        whole, rest = divmod(duration, timedelta(milliseconds=1))
        if rest or whole < 0:
            raise ExpressionError(
                f"the duration {duration} cannot be used.",
                "Durations are whole milliseconds, 0 or more.",
            )
        return whole
    found = _TEXT.fullmatch(duration) if isinstance(duration, str) else None
    if (
        found is None
        or found[2].lower() not in UNITS
        or int(found[1]) * UNITS[found[2].lower()] > LONGEST_MS
    ):
        raise ExpressionError(
            f"the duration {duration!r} cannot be read.",
            'Write a timedelta or text such as "2 minutes"; units: ' + ", ".join(UNITS) + "; up to "
            "999999999 days.",
        )
    return int(found[1]) * UNITS[found[2].lower()]


def in_words(duration_ms: int) -> str:
    """Return a duration in the largest unit that it is a whole number of.

    >>> in_words(120_000), in_words(1), in_words(86_400_000)
    ('2 minutes', '1 millisecond', '1 day')
    """
    for unit in ("day", "hour", "minute", "second", "millisecond"):
        count, rest = divmod(duration_ms, UNITS[unit])
        if not rest and (count or unit == "millisecond"):
            return f"{count} {unit}" + ("" if count == 1 else "s")
    raise AssertionError(duration_ms)


def listed(names: Sequence[str]) -> str:
    """Return names as a reader would list them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
