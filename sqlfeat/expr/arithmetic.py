"""The operators of arithmetic: how their arguments and results are typed."""

from __future__ import annotations

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.coercion import as_decimal, common_type
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.signatures import Function, Signature, fault, is_literal, table
from sqlfeat.types import (
    DataType,
    Date,
    DecimalType,
    Float32,
    Float64,
    Int64,
    Null,
    Timestamp,
    Unknown,
    is_float,
    is_integer,
    is_numeric,
)


def _what_it_takes(types: list[DataType]) -> str:
    if {Date, Timestamp} & set(types):
        return "It takes numbers: t + INTERVAL '1' DAY is later, TIMESTAMPDIFF counts the time between."
    return "It takes numbers."


def _arithmetic(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    meeting = common_type(types)
    if meeting == Unknown:
        return Signature(tuple(types), Unknown)
    if meeting is None or not (is_numeric(meeting) or meeting == Null):
        raise fault(name, args, _what_it_takes(types))
    if any(isinstance(dtype, DecimalType) for dtype in types):
        return _decimal_arithmetic(name, args)
    if is_float(meeting):
        wide = {Float32: Float64, Null: Float64}
        return Signature(tuple(wide.get(dtype, dtype) for dtype in types), Float64)
    return Signature(_as_bigint(args), Int64)


def _remainder(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    exact = [as_decimal(dtype) for dtype in types]
    if not any(isinstance(dtype, DecimalType) for dtype in types) or None in exact:
        return _integer_division(name, args, "It takes INT, BIGINT or DECIMAL.")
    (p1, s1), (p2, s2) = ((dtype.precision, dtype.scale) for dtype in exact if dtype is not None)
    scale = max(s1, s2)
    result = DecimalType("DECIMAL", min(p1 - s1, p2 - s2) + scale, scale)
    return Signature(tuple(dtype for dtype in exact if dtype is not None), result, inexact=True)


def _as_bigint(args: tuple[Expr, ...]) -> tuple[DataType, ...]:
    """Integer arithmetic is 64-bit: columns are widened, a literal only where nothing else is."""
    only_literals = all(is_literal(arg) for arg in args)
    return tuple(
        type_of(arg) if is_literal(arg) and not (only_literals and place == 0) else Int64
        for place, arg in enumerate(args)
    )


def _decimal_arithmetic(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    if any(is_float(dtype) and not is_literal(arg) for arg, dtype in zip(args, types, strict=True)):
        return Signature((Float64,) * len(args), Float64)
    exact = [_exact(arg) for arg in args]
    if len(exact) == 1:
        return Signature(tuple(exact), exact[0])
    (p1, s1), (p2, s2) = ((dtype.precision, dtype.scale) for dtype in exact)
    scale = {"*": s1 + s2, "/": max(6, s1 + p2 + 1)}.get(name, max(s1, s2))
    whole = {"*": p1 - s1 + p2 - s2 + 1, "/": p1 - s1 + s2}.get(name, max(p1 - s1, p2 - s2) + 1)
    if whole + scale > 38:
        raise ExpressionError(
            f"{name} of {exact[0]} and {exact[1]} needs {whole + scale} digits.",
            "A DECIMAL has 38 at most: CAST an operand to fewer digits, or to DOUBLE.",
        )
    return Signature(tuple(exact), DecimalType("DECIMAL", whole + scale, scale), inexact=True)


def _exact(arg: Expr) -> DecimalType:
    if isinstance(arg, Literal) and isinstance(arg.value, float):
        whole, _, fraction = f"{abs(arg.value):f}".rstrip("0").partition(".")
        return DecimalType("DECIMAL", len(whole) + len(fraction), len(fraction))
    found = as_decimal(type_of(arg))
    return found if found is not None else DecimalType("DECIMAL", 1, 0)


def _division(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    if all(isinstance(dtype, DecimalType) for dtype in types):
        return _decimal_arithmetic(name, args)
    _arithmetic(name, args)
    return Signature((Float64, Float64), Unknown if Unknown in types else Float64)


def _integer_division(
    name: str, args: tuple[Expr, ...], allowed: str = "It takes INT or BIGINT."
) -> Signature:
    for arg in args:
        if not (is_integer(type_of(arg)) or type_of(arg) in (Null, Unknown)):
            raise fault(name, args, allowed)
    return Signature(_as_bigint(args), Int64)


ARITHMETIC = table(
    Function("+", 2, 2, _arithmetic, "number + number → number", "the sum; integers are added as BIGINT"),
    Function("-", 2, 2, _arithmetic, "number - number → number", "the difference"),
    Function("*", 2, 2, _arithmetic, "number * number → number", "the product"),
    Function(
        "/",
        2,
        2,
        _division,
        "number / number → DOUBLE, DECIMAL of two DECIMALs",
        "the quotient, DOUBLE or DECIMAL; NULL by zero",
    ),
    Function(
        "DIV",
        2,
        2,
        _integer_division,
        "integer DIV integer → BIGINT",
        "the whole quotient, BIGINT; NULL by zero",
    ),
    Function(
        "%",
        2,
        2,
        _remainder,
        "number % number → BIGINT, DECIMAL of DECIMALs",
        "the remainder, of the dividend's sign; NULL by zero",
        "not of FLOAT and DOUBLE",
    ),
    Function("NEGATE", 1, 1, _arithmetic, "-number → number", "the number with the other sign"),
)
