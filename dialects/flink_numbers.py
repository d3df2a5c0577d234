"""Functions of numbers in Flink's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import SUM, Sql, at_least
from sqlfeat.expr.nodes import Call, Literal, type_of
from sqlfeat.types import DecimalType, Float64, Int64

ALL_ARE_WHOLE = "9E15"
"""From about here on every DOUBLE is a whole number."""
ALL_DIGITS_ARE_ZEROS = "1E300"


def _round(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Round; of NaN and Infinity, where Flink's ROUND stops the run, return the value itself."""
    if type_of(call.args[0]) != Float64:
        return None
    digits = call.args[1].value if len(call.args) == 2 and isinstance(call.args[1], Literal) else 0
    assert isinstance(digits, int)
    bound = ALL_ARE_WHOLE if digits >= 0 else ALL_DIGITS_ARE_ZEROS
    return f"CASE WHEN ABS({args[0]}) < {bound} THEN ROUND({', '.join(args)}) ELSE {args[0]} END"


def _logarithm(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    value = at_least(SUM, args[0])
    return f"CASE WHEN {value} <= 0 THEN NULL ELSE {call.function}({args[0]}) END"


def _sign(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Flink gives the sign the type of the number, and a DECIMAL of a fraction alone has no 1."""
    if not isinstance(type_of(call.args[0]), DecimalType):
        return None
    return f"SIGN(CAST({args[0]} AS DOUBLE))"


def _remainder(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Flink gives a remainder the type of the divisor, that of a literal too."""
    divisor = call.args[1]
    if not (isinstance(divisor, Literal) and divisor.value and call.type == Int64):
        return None
    return f"MOD({args[0]}, CAST({args[1]} AS BIGINT))"


FLINK_NUMBERS: Mapping[str, FunctionText] = {
    "ROUND": _round,
    "%": _remainder,
    "SIGN": _sign,
    "LN": _logarithm,
    "LOG10": _logarithm,
    "LOG2": _logarithm,
}
