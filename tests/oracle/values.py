"""A value taken apart: what must be equal exactly, and its floats, which may differ a little."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLERANCE = 1e-9
FLOAT = "a float"

Floats = tuple[float, ...]


def exact_part(value: object) -> object:
    """Return what two equal values have in common: themselves, with their types, without floats."""
    if isinstance(value, float):
        return FLOAT
    if isinstance(value, list | tuple):
        return (list, tuple(exact_part(element) for element in value))
    if isinstance(value, dict):
        return (dict, tuple((exact_part(key), exact_part(value[key])) for key in _keys(value)))
    return (type(value), value)


def floats_of(value: object) -> Floats:
    """Return the floats in a value, in an order that equal values have in common."""
    return tuple(_floats(value))


def _floats(value: object) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, list | tuple):
        for element in value:
            yield from _floats(element)
    elif isinstance(value, dict):
        for key in _keys(value):
            yield from _floats(key)
            yield from _floats(value[key])


def _keys(value: dict) -> list:
    return sorted(value, key=lambda key: (type(key).__name__, key))


def close(floats: Floats, others: Floats) -> bool:
    """Whether floats are equal one by one, within the tolerance."""
    return all(_near(one, other) for one, other in zip(floats, others, strict=True))


def _near(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=0.0)
