"""Expressions as a definition writes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlfeat.expr.nodes import Call, Column, Expr, Literal

INFIX = re.compile(r"[^A-Za-z]+|DIV|AND|OR|(NOT )?LIKE|IS( NOT)? DISTINCT FROM")
SUFFIX = re.compile(r"IS( NOT)? (NULL|TRUE|FALSE)")
PLAIN = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+|[a-z][0-9]?")
"""Names that need no backticks, and that no grammar has as a word."""


def text_of(expr: Expr) -> str:
    """Return the text of an expression, in parentheses where it is an operator's."""
    if isinstance(expr, Column):
        return expr.name if PLAIN.fullmatch(expr.name) else "`" + expr.name.replace("`", "``") + "`"
    if isinstance(expr, Literal):
        return _literal(expr.value)
    assert isinstance(expr, Call)
    args = [text_of(arg) for arg in expr.args]
    name = expr.function
    if name in SPECIAL:
        return SPECIAL[name](args)
    if name in ("CAST", "TRY_CAST"):
        return f"{name}({args[0]} AS {expr.type})"
    if SUFFIX.fullmatch(name):
        return f"({args[0]} {name})"
    if INFIX.fullmatch(name):
        return "(" + f" {name} ".join(args) + ")"
    return f"{name}({', '.join(args)})"


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    assert isinstance(value, int | float), value
    return repr(value) if value >= 0 else f"({value!r})"


def _case(args: list[str]) -> str:
    pairs = zip(args[:-1:2], args[1:-1:2], strict=True)
    branches = " ".join(f"WHEN {condition} THEN {value}" for condition, value in pairs)
    return f"CASE {branches} ELSE {args[-1]} END"


def _among(name: str) -> Callable[[list[str]], str]:
    return lambda args: f"({args[0]} {name} ({', '.join(args[1:])}))"


def _between(name: str) -> Callable[[list[str]], str]:
    return lambda args: f"({args[0]} {name} {args[1]} AND {args[2]})"


def _with_unit(name: str) -> Callable[[list[str]], str]:
    return lambda args: f"{name}({args[0][1:-1]}, {', '.join(args[1:])})"


SPECIAL: dict[str, Callable[[list[str]], str]] = {
    "NEGATE": lambda args: f"(- {args[0]})",
    "NOT": lambda args: f"(NOT {args[0]})",
    "CASE": _case,
    "IN": _among("IN"),
    "NOT IN": _among("NOT IN"),
    "BETWEEN": _between("BETWEEN"),
    "NOT BETWEEN": _between("NOT BETWEEN"),
    "[]": lambda args: f"{args[0]}[{args[1]}]",
    ".": lambda args: f"{args[0]}.{args[1].strip(chr(39))}",
    "TIMESTAMPADD": _with_unit("TIMESTAMPADD"),
    "TIMESTAMPDIFF": _with_unit("TIMESTAMPDIFF"),
}
"""What is written neither as NAME(arguments) nor between two operands."""
