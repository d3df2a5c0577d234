"""Functions of one number or two."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from sqlfeat.types import DecimalType, Float32, Float64, Int32, Int64, Null

from .conversions import exact_type, in_bits, quantized
from .errors import OracleError
from .formulas import Formula, strict

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE = Context(prec=800)
"""Enough digits for every DOUBLE, written out."""


def _doubles(name: str, args: Sequence[Formula]) -> list[Formula]:
    for arg in args:
        if exact_type(arg.type) is None and arg.type not in (Float32, Float64, Null):
            raise OracleError(f"{name} does not take {arg.type}")
    return [arg.as_type(Float64) for arg in args]


def sign(name: str, args: Sequence[Formula]) -> Formula:
    """Return -1, 0 or 1: a DOUBLE of a float, else an INT."""
    _doubles(name, args)
    dtype = Int32 if exact_type(args[0].type) else Float64

    def compute(value: float) -> object:
        if value != value:
            return math.nan
        found = (value > 0) - (value < 0)
        return found if dtype == Int32 else float(found)

    return strict(dtype, args, compute)


def rounded(name: str, args: Sequence[Formula]) -> Formula:
    """Round half away from zero, to digits after the point, or before it if they are negative."""
    digits = args[1].literal if len(args) == 2 else 0
    if not isinstance(digits, int) or abs(digits) > 38:
        raise OracleError(f"ROUND takes a constant number of digits, not {digits!r}")
    return _to_digits(name, args[0], digits, ROUND_HALF_UP, Int64)


def whole(name: str, args: Sequence[Formula]) -> Formula:
    """FLOOR and CEIL: the next whole number below or above."""
    rounding = {"FLOOR": ROUND_FLOOR, "CEIL": ROUND_CEILING}[name]
    return _to_digits(name, args[0], 0, rounding, None)


def _to_digits(name: str, arg: Formula, digits: int, rounding: str, integer: object) -> Formula:
    def nearest(value: object) -> Decimal:
        shifted = WIDE.scaleb(Decimal(str(value)), digits)
        return WIDE.scaleb(shifted.to_integral_value(rounding, WIDE), -digits)

    (as_double,) = _doubles(name, [arg])
    if isinstance(arg.type, DecimalType):
        dtype = _with_digits(arg.type, digits)
        return strict(dtype, [arg], lambda value: quantized(nearest(value), dtype))
    if arg.type in (Int32, Int64):
        dtype = integer or arg.type
        return strict(dtype, [arg], lambda value: in_bits(int(nearest(value)), dtype))
    return strict(
        Float64, [as_double], lambda value: float(nearest(value)) if math.isfinite(value) else value
    )


def _with_digits(dtype: DecimalType, digits: int) -> DecimalType:
    """Return the type of a rounded DECIMAL: one more digit before the point if some are lost."""
    if digits >= dtype.scale:
        return dtype
    before = max(dtype.precision - dtype.scale + 1, 1 - digits)
    after = max(0, digits)
    return DecimalType("DECIMAL", min(38, before + after), after)


def power(name: str, args: Sequence[Formula]) -> Formula:
    return strict(Float64, _doubles(name, args), _power)


def _power(base: float, exponent: float) -> float:
    """Return what IEEE 754 says, but for 1 and NaN: Java's is NaN where the exponent is."""
    if exponent != exponent or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        odd = exponent % 2 == 1 and math.copysign(1, base) < 0
        return math.nan if base else (-math.inf if odd else math.inf)


def square_root(name: str, args: Sequence[Formula]) -> Formula:
    return strict(Float64, _doubles(name, args), lambda value: None if value < 0 else math.sqrt(value))


def exponential(name: str, args: Sequence[Formula]) -> Formula:
    def compute(value: float) -> float:
        try:
            return math.exp(value)
        except OverflowError:
            return math.inf

    return strict(Float64, _doubles(name, args), compute)


def logarithm(name: str, args: Sequence[Formula]) -> Formula:
    """Return the logarithm of a number above 0; NULL of any other."""
    log = {"LN": math.log, "LOG10": math.log10, "LOG2": math.log2}[name]
    return strict(Float64, _doubles(name, args), lambda value: None if value <= 0 else log(value))
