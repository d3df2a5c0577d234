"""Functions of numbers: how they are typed."""

from __future__ import annotations

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.signatures import Function, Signature, fault, same_number, table
from sqlfeat.types import (
    DataType,
    DecimalType,
    Float64,
    Int32,
    Int64,
    Null,
    Unknown,
    is_integer,
    is_numeric,
)

MOST_DIGITS = 38


def _number(name: str, args: tuple[Expr, ...]) -> DataType:
    """Return the type of the first argument, which is a number."""
    dtype = type_of(args[0])
    if not (is_numeric(dtype) or dtype in (Unknown, Null)):
        raise fault(name, args[:1], "It takes a number.")
    return dtype


def _doubles(name: str, args: tuple[Expr, ...]) -> Signature:
    """Numbers that are computed with as DOUBLEs."""
    for arg in args:
        _number(name, (arg,))
    return Signature((Float64,) * len(args), Float64)


def _sign(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = _number(name, args)
    if is_integer(dtype) or isinstance(dtype, DecimalType):
        return Signature((dtype,), Int32, inexact=True)
    return Signature((Float64,), Float64)


def _whole(name: str, args: tuple[Expr, ...]) -> Signature:
    """FLOOR and CEIL: a DECIMAL loses its fraction, and may gain a digit."""
    dtype = _number(name, args)
    if is_integer(dtype):
        return Signature((dtype,), dtype, inexact=True)
    if isinstance(dtype, DecimalType):
        return Signature((dtype,), _rounded(dtype, 0), inexact=True)
    return Signature((Float64,), Float64)


def _round(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype, digits = _number(name, args), _digits(args)
    given = (Int32,) * (len(args) - 1)
    if is_integer(dtype):
        return Signature((Int64, *given), Int64)
    if isinstance(dtype, DecimalType):
        return Signature((dtype, *given), _rounded(dtype, digits), inexact=True)
    return Signature((Float64, *given), Float64)


def _digits(args: tuple[Expr, ...]) -> int:
    if len(args) == 1:
        return 0
    digits = args[1]
    if type_of(digits) == Unknown:
        return 0
    value = digits.value if isinstance(digits, Literal) else None
    if type(value) is not int or not -MOST_DIGITS <= value <= MOST_DIGITS:
        raise ExpressionError(
            "ROUND takes its digits as a whole number that is written out.",
            f"From -{MOST_DIGITS} to {MOST_DIGITS}, such as ROUND(x, 2); its value decides the type.",
        )
    return value


def _rounded(dtype: DecimalType, digits: int) -> DecimalType:
    """Return the DECIMAL with so many digits after the point: one more before it if some are lost."""
    if digits >= dtype.scale:
        return dtype
    scale = max(digits, 0)
    whole = max(dtype.precision - dtype.scale + 1, 1 - digits)
    return DecimalType("DECIMAL", min(whole + scale, MOST_DIGITS), scale)


NUMBER_FUNCTIONS = table(
    Function("ABS", 1, 1, same_number, "ABS(number) → its type", "the number without its sign"),
    Function(
        "SIGN",
        1,
        1,
        _sign,
        "SIGN(number) → INT, DOUBLE of FLOAT and DOUBLE",
        "-1, 0 or 1, as the number is less than, equal to or greater than 0",
    ),
    Function(
        "ROUND",
        1,
        2,
        _round,
        "ROUND(number[, digits]) → BIGINT of integers, DOUBLE of FLOAT and DOUBLE, DECIMAL of DECIMAL",
        "the number with so many digits after the point (0 unless said), half away from zero",
        "the digits are a constant; negative ones are before the point: ROUND(15, -1) is 20",
    ),
    Function(
        "FLOOR",
        1,
        1,
        _whole,
        "FLOOR(number) → its type, DOUBLE of FLOAT, DECIMAL without a fraction of DECIMAL",
        "the greatest whole number that is not greater",
    ),
    Function(
        "CEIL",
        1,
        1,
        _whole,
        "CEIL(number) → its type, DOUBLE of FLOAT, DECIMAL without a fraction of DECIMAL",
        "the least whole number that is not less",
    ),
    Function(
        "POWER",
        2,
        2,
        _doubles,
        "POWER(number, number) → DOUBLE",
        "the first to the power of the second",
        "as IEEE 754 has it: NaN of a negative number and a fraction, Infinity of 0 and a negative one",
    ),
    Function(
        "SQRT", 1, 1, _doubles, "SQRT(number) → DOUBLE", "the square root; NULL of a negative number"
    ),
    Function("EXP", 1, 1, _doubles, "EXP(number) → DOUBLE", "e to the power of the number"),
    Function(
        "LN",
        1,
        1,
        _doubles,
        "LN(number) → DOUBLE",
        "the natural logarithm; NULL of 0 and of a negative number",
    ),
    Function(
        "LOG10",
        1,
        1,
        _doubles,
        "LOG10(number) → DOUBLE",
        "the logarithm to base 10; NULL of 0 and of a negative number",
    ),
    Function(
        "LOG2",
        1,
        1,
        _doubles,
        "LOG2(number) → DOUBLE",
        "the logarithm to base 2; NULL of 0 and of a negative number",
    ),
)
