"""Conditions and the choice between values in Flink's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import SUM, TEST, Sql, at_least
from sqlfeat.expr.nodes import Call, Expr, columns_of, type_of, walk
from sqlfeat.expr.signatures import is_literal
from sqlfeat.types import Bytes, has_equality, is_nested


def _coalesce(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Return the first value that is not NULL. Flink's COALESCE computes all of them, and a cast that
    fails would stop the run though its value is not needed: CASE is lazy.
    """
    if not any(_may_fail(arg) for arg in call.args[1:]):
        return f"COALESCE({', '.join(args)})"
    *first, last = args
    branches = " ".join(f"WHEN {at_least(SUM, arg)} IS NOT NULL THEN {arg}" for arg in first)
    return f"CASE {branches} ELSE {last} END"


def _extreme(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Ignore NULLs: Flink's own result is NULL where one argument is, so that each argument falls back
    to the others.
    """
    constants = [sql for given, sql in zip(call.args, args, strict=True) if is_literal(given)]
    others = constants[:1] or list(args)
    filled = (
        arg if is_literal(given) else f"COALESCE({', '.join(dict.fromkeys([arg, *others]))})"
        for given, arg in zip(call.args, args, strict=True)
    )
    return f"{call.function}({', '.join(filled)})"


def _may_fail(expr: Expr) -> bool:
    return any(isinstance(node, Call) and node.function in FAILING for node in walk(expr))


FAILING = frozenset(("CAST", "TO_TIMESTAMP", "UNIX_TIMESTAMP"))


def _of_bytes(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql | None:
    """Compare BYTES with constants as texts: in a list of constants, which it also makes of
    `b = x OR b = y`, Flink finds none.
    """
    if type_of(call.args[0]) != Bytes or all(columns_of(arg) for arg in call.args):
        return None
    first, *others = (f"DECODE({arg}, 'ISO-8859-1')" for arg in args)
    if call.function in ("IN", "NOT IN"):
        return Sql(f"{first} {call.function} ({', '.join(others)})", TEST)
    return Sql(f"{first} {call.function} {others[0]}", TEST)


def _compared(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql | None:
    """Compare nested values as texts: to Flink no two that hold a NULL are equal."""
    if not has_equality(type_of(call.args[0])) or not is_nested(type_of(call.args[0])):
        return _of_bytes(dialect, call, args)
    first, second = (f"JSON_STRING({arg})" for arg in args)
    return Sql(f"{first} {call.function} {second}", TEST)


FLINK_CONDITIONS: Mapping[str, FunctionText] = {
    "COALESCE": _coalesce,
    **dict.fromkeys(("GREATEST", "LEAST"), _extreme),
    **dict.fromkeys(("=", "<>", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"), _compared),
    **dict.fromkeys(("IN", "NOT IN"), _of_bytes),
}
