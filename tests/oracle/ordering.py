"""Which of two values is greater, and which are the same: NULL is the least, NaN the greatest."""

from __future__ import annotations

import math


def rank(value: object) -> tuple[object, ...]:
    """Return what to sort a value by. Values of one type compare; equal ones have equal ranks."""
    if value is None:
        return (0,)
    if isinstance(value, float) and math.isnan(value):
        return (2,)
    if isinstance(value, list):
        return (1, tuple(rank(element) for element in value))
    if isinstance(value, dict):
        pairs = ((rank(key), rank(element)) for key, element in value.items())
        return (1, tuple(sorted(pairs)))
    return (1, value)


def ranks(values: list[object]) -> tuple[tuple[object, ...], ...]:
    """Return what to sort rows by, or to group them by: NULLs are one group."""
    return tuple(rank(value) for value in values)
