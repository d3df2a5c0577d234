"""Casts in Flink's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.types import Boolean, String, is_integer


def _cast(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Cast as the contract says: a boolean is printed in lower case, and text with a point in it is not
    a whole number. (Flink's own cast would cut 12.7 to 12.)
    """
    source, target, value = type_of(call.args[0]), call.type, args[0]
    plain = f"{call.function}({value} AS {dialect.type_name(target)})"
    if source == Boolean and target == String:
        return f"LOWER({plain})"
    if source == String and is_integer(target):
        whole = f"CASE WHEN {value} LIKE '%.%' THEN 'not whole: ' || {value} ELSE {value} END"
        return f"{call.function}({whole} AS {dialect.type_name(target)})"
    return plain


FLINK_CASTS: Mapping[str, FunctionText] = {"CAST": _cast, "TRY_CAST": _cast}
