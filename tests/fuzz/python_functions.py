"""Python functions that random definitions call: each gives the same for the same values.

Engines' workers get this module as it stands: it uses the standard library alone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any


def same(value: Any) -> Any:
    return value


def first_known(value: Any, other: Any) -> Any:
    return other if value is None else value


def is_known(value: Any) -> bool:
    return value is not None


def how_many_known(value: Any, second: Any, third: Any) -> int:
    return sum(one is not None for one in (value, second, third))


def shown(value: Any) -> str:
    """Return what Python shows of a value, so that how it arrived is compared, type and all."""
    return repr(value + 0.0 if isinstance(value, float) else value)


def both_shown(value: Any, other: Any) -> str:
    return f"{shown(value)} {shown(other)}"


def length(text: str) -> int:
    """Return how long a text is; NULL is an error."""
    return len(text)


def backwards(text: str | None) -> str | None:
    return None if text is None else text[::-1]


def inverse(number: int) -> float:
    """Return 1 / number; NULL and 0 are errors."""
    return 1 / number


def last_digits(number: int | None, other: int | None) -> int:
    """Return a small sum, that sums of it are exact."""
    return (number or 0) % 1000 + (other or 0) % 1000


def opposite(number: Decimal | None) -> Decimal | None:
    return None if number is None else -number


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def hour_later(moment: datetime) -> datetime:
    return moment + timedelta(hours=1)


def pair(value: Any, other: Any) -> list[Any]:
    return [value, other]


def letters(text: str | None) -> dict[str, int] | None:
    """Return how often each character comes."""
    return None if text is None else {letter: text.count(letter) for letter in text}


def record(a: int | None, b: str | None) -> dict[str, Any] | None:
    return None if a is None and b is None else {"a": a, "b": b}
