"""Casts in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.types import String, Timestamp


def _cast(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Cast; an instant is printed with its milliseconds, which Spark's own cast would trim."""
    if type_of(call.args[0]) == Timestamp and call.type == String:
        return f"date_format({args[0]}, 'yyyy-MM-dd HH:mm:ss.SSS')"
    return f"{call.function}({args[0]} AS {dialect.type_name(call.type)})"


SPARK_CASTS: Mapping[str, FunctionText] = {"CAST": _cast, "TRY_CAST": _cast}
