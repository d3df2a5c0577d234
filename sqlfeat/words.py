"""What a reader writes and reads: durations and lists of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlfeat.errors import ExpressionError

Duration = timedelta | str

UNITS: dict[str, int] = {
    "millisecond": 1,
    "second": 1_000,
    "minute": 60_000,
    "hour": 3_600_000,
    "day": 86_400_000,
    "week": 7 * 86_400_000,
}

_TEXT = re.compile(r"\s*(\d+)\s*([A-Za-z]+?)s?\s*")


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
    if found is None or found[2].lower() not in UNITS:
        raise ExpressionError(
            f"the duration {duration!r} cannot be read.",
            'Write a timedelta or text such as "2 minutes"; units: ' + ", ".join(UNITS) + ".",
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
