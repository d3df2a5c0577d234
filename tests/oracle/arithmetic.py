"""Numbers: 64-bit integers, DOUBLE, and DECIMAL that keeps every digit."""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlfeat.types import DecimalType, Float32, Float64, Int32, Int64, Null

from .conversions import EXACT, decimal_type, exact_type, in_bits, quantized
from .errors import OracleError
from .formulas import Formula, strict

if TYPE_CHECKING:
    from collections.abc import Sequence

OPERATORS: dict[str, Any] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "NEGATE": operator.neg,
}
DECIMAL_OPERATORS: dict[str, Any] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "NEGATE": EXACT.minus,
}


def arithmetic(name: str, args: Sequence[Formula]) -> Formula:
    """Compute in BIGINT; in DOUBLE if a side is a float; in DECIMAL if a side is one.

    A constant such as 1.5 beside a DECIMAL is one too.
    """
    floats = [arg for arg in _numbers(name, args) if arg.type in (Float32, Float64)]
    has_decimals = any(isinstance(arg.type, DecimalType) for arg in args)
    if has_decimals and all(arg.literal is not None for arg in floats):
        return _decimal(name, args)
    if floats:
        return strict(Float64, [arg.as_type(Float64) for arg in args], OPERATORS[name])
    return strict(Int64, args, lambda *given: in_bits(OPERATORS[name](*given), Int64))


def _numbers(name: str, args: Sequence[Formula]) -> Sequence[Formula]:
    for arg in args:
        if exact_type(arg.type) is None and arg.type not in (Float32, Float64, Null):
            raise OracleError(f"{name} does not take {arg.type}")
    return args


def _decimal(name: str, args: Sequence[Formula]) -> Formula:
    exact = [_exact(arg) for arg in args]
    dtype = exact[0] if name == "NEGATE" else _decimal_result(name, exact[0], exact[1])
    sides = [arg.as_type(kind) for arg, kind in zip(args, exact, strict=True)]
    return strict(dtype, sides, DECIMAL_OPERATORS[name])


def _exact(arg: Formula) -> DecimalType:
    if isinstance(arg.literal, float):
        digits = Decimal(repr(arg.literal)).normalize(EXACT).as_tuple()
        scale = max(0, -int(digits.exponent))
        return decimal_type(max(1, len(digits.digits) + int(digits.exponent)), scale)
    return exact_type(arg.type) or decimal_type(1, 0)


def _decimal_result(name: str, left: DecimalType, right: DecimalType) -> DecimalType:
    """Return a DECIMAL with room for every digit; a quotient has at least 6 after the point."""
    whole_left, whole_right = left.precision - left.scale, right.precision - right.scale
    if name == "*":
        return decimal_type(whole_left + whole_right + 1, left.scale + right.scale)
    if name == "/":
        return decimal_type(whole_left + right.scale, max(6, left.scale + right.precision + 1))
    return decimal_type(max(whole_left, whole_right) + 1, max(left.scale, right.scale))


def division(name: str, args: Sequence[Formula]) -> Formula:
    """Divide as DOUBLE, as DECIMAL when both sides are; NULL by zero."""
    left, right = (arg.type for arg in _numbers(name, args))
    if isinstance(left, DecimalType) and isinstance(right, DecimalType):
        dtype = _decimal_result(name, left, right)
        return strict(dtype, args, lambda a, b: quantized(EXACT.divide(a, b), dtype) if b else None)
    sides = [arg.as_type(Float64) for arg in args]
    return strict(Float64, sides, lambda a, b: a / b if b else None)


def whole_division(name: str, args: Sequence[Formula]) -> Formula:
    """Divide whole numbers toward zero: DIV is the quotient, % what remains; NULL by zero."""
    for arg in args:
        if arg.type not in (Int32, Int64, Null):
            raise OracleError(f"{name} does not take {arg.type}")

    def compute(dividend: int, divisor: int) -> int | None:
        if divisor == 0:
            return None
        quotient = abs(dividend) // abs(divisor)
        if (dividend < 0) != (divisor < 0):
            quotient = -quotient
        return in_bits(quotient if name == "DIV" else dividend - quotient * divisor, Int64)

    return strict(Int64, args, compute)


def remainder(name: str, args: Sequence[Formula]) -> Formula:
    """Return what remains of whole numbers, and of DECIMALs, exactly; NULL by zero."""
    left, right = (exact_type(arg.type) for arg in args)
    if not left or not right or not any(isinstance(arg.type, DecimalType) for arg in args):
        return whole_division(name, args)
    scale = max(left.scale, right.scale)
    dtype = decimal_type(min(left.precision - left.scale, right.precision - right.scale), scale)
    sides = [arg.as_type(kind) for arg, kind in zip(args, (left, right), strict=True)]
    return strict(dtype, sides, lambda a, b: quantized(EXACT.remainder(a, b), dtype) if b else None)


def absolute(name: str, args: Sequence[Formula]) -> Formula:
    """Return the number without its sign, in its own type."""
    (arg,) = _numbers(name, args)
    if arg.type in (Int32, Int64):
        return strict(arg.type, args, lambda value: in_bits(abs(value), arg.type))
    return strict(arg.type, args, EXACT.abs if isinstance(arg.type, DecimalType) else abs)
