"""What computes a value: its type, and the value for a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlfeat.types import (
    Boolean,
    Bytes,
    DataType,
    Date,
    DecimalType,
    Float64,
    Int32,
    Int64,
    Null,
    String,
    Timestamp,
)

from .conversions import BITS, as_type
from .errors import OracleError

Values = Mapping[str, object]


@dataclass(frozen=True)
class Formula:
    """`literal` is the constant that the formula is, None when it is none."""

    type: DataType
    value: Callable[[Values], object]
    literal: object = None

    def as_type(self, dtype: DataType) -> Formula:
        """Return the same value as one of a wider type."""
        return Formula(dtype, lambda row: as_type(self.value(row), dtype), self.literal)


Rule = Callable[[str, Sequence[Formula]], Formula]
"""What a function makes of its arguments, given its own name."""


def strict(result: DataType, args: Sequence[Formula], compute: Callable[..., object]) -> Formula:
    """Return a formula that is NULL where an argument is, else computed from their values."""

    def value(row: Values) -> object:
        given = [arg.value(row) for arg in args]
        return None if any(one is None for one in given) else compute(*given)

    return Formula(result, value)


def constant(value: object) -> Formula:
    """Return the formula of a Python value: a whole number is INT, or BIGINT beyond it."""
    return Formula(_type_of_constant(value), lambda row: value, value)


def _type_of_constant(value: object) -> DataType:
    types = {bool: Boolean, float: Float64, str: String, bytes: Bytes, type(None): Null}
    types |= {date: Date, datetime: Timestamp}
    if type(value) in types:
        return types[type(value)]
    if isinstance(value, int):
        return Int32 if abs(value + 0.5) < 2 ** BITS[Int32] else Int64
    if isinstance(value, Decimal):
        digits, scale = len(value.as_tuple().digits), -int(value.as_tuple().exponent)
        return DecimalType("DECIMAL", max(digits, scale + 1, 1), max(scale, 0))
    raise OracleError(f"{value!r} is no constant")
