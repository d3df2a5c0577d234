"""Conditions and the choice between values in Flink's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.expr.nodes import Call, Expr, walk


def _coalesce(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the first value that is not NULL. Flink's COALESCE computes all of them, and a cast that
    fails would stop the run though its value is not needed: CASE is lazy.
    """
    if not any(_may_fail(arg) for arg in call.args[1:]):
        return f"COALESCE({', '.join(args)})"
    *first, last = args
    branches = " ".join(f"WHEN {arg} IS NOT NULL THEN {arg}" for arg in first)
    return f"CASE {branches} ELSE {last} END"


def _may_fail(expr: Expr) -> bool:
    return any(isinstance(node, Call) and node.function == "CAST" for node in walk(expr))


FLINK_CONDITIONS: Mapping[str, FunctionText] = {"COALESCE": _coalesce}
