"""Arithmetic and functions of numbers in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import Sql
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.types import Float64

ALL_ARE_WHOLE = "9E15"
"""From about here on every DOUBLE is a whole number."""


def _whole(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Round up or down to a DOUBLE: Spark's own result is a BIGINT, which large ones overflow."""
    if type_of(call.args[0]) != Float64:
        return None
    whole = f"CAST({call.function}({args[0]}) AS DOUBLE)"
    return f"CASE WHEN ABS({args[0]}) < {ALL_ARE_WHOLE} THEN {whole} ELSE {args[0]} END"


SPARK_NUMBERS: Mapping[str, FunctionText] = {
    "DIV": "{0} DIV NULLIF({1}, 0)",
    "FLOOR": _whole,
    "CEIL": _whole,
}
