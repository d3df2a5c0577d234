"""Arithmetic and functions of numbers in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import ATOM, PRODUCT, Sql, at_least
from sqlfeat.expr.nodes import Call, Literal, type_of
from sqlfeat.types import Float64

ALL_ARE_WHOLE = "9E15"
"""From about here on every DOUBLE is a whole number."""


def _whole(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Round up or down to a DOUBLE: Spark's own result is a BIGINT, which large ones overflow."""
    if type_of(call.args[0]) != Float64:
        return None
    whole = f"CAST({call.function}({args[0]}) AS DOUBLE)"
    return f"CASE WHEN ABS({args[0]}) < {ALL_ARE_WHOLE} THEN {whole} ELSE {args[0]} END"


def _whole_quotient(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    dividend, divisor = (at_least(ATOM, arg) for arg in args)
    if not (isinstance(call.args[1], Literal) and call.args[1].value):
        divisor = f"NULLIF({args[1]}, 0)"
    return Sql(f"{dividend} DIV {divisor}", PRODUCT)


SPARK_NUMBERS: Mapping[str, FunctionText] = {
    "DIV": _whole_quotient,
    "FLOOR": _whole,
    "CEIL": _whole,
}
