"""Functions of text that every dialect says alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import ATOM, SUM, Sql, at_least
from sqlfeat.expr.nodes import Call, Expr, Literal

ENDS = {"TRIM": "BOTH", "LTRIM": "LEADING", "RTRIM": "TRAILING"}


def constant(arg: Expr) -> object:
    """Return the value of a constant, None of any other expression."""
    return arg.value if isinstance(arg, Literal) else None


def trim(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Take spaces, or any of some characters, off the ends of a text."""
    if len(args) == 1:
        return None
    text, characters = (at_least(ATOM, arg) for arg in args)
    return f"TRIM({ENDS[call.function]} {characters} FROM {text})"


def substring(call: Call, args: tuple[Sql, ...], length: Callable[[Sql], str]) -> str:
    """Say SUBSTRING so that a start before the first character is the first character; `length` says
    a length that may be negative.
    """
    rest = "".join(
        f", {_length(arg, sql, length)}" for arg, sql in zip(call.args[2:], args[2:], strict=True)
    )
    start = constant(call.args[1])
    if never_negative(call.args[1]):
        return f"SUBSTRING({args[0]}, {args[1]}{rest})"
    if isinstance(start, int):
        last = f"RIGHT({args[0]}, {-start})"
        return f"SUBSTRING({last}, 1{rest})" if rest else last
    low = at_least(SUM, args[1])
    from_end = f"GREATEST(CHAR_LENGTH({args[0]}) + {low} + 1, 1)"
    return f"SUBSTRING({args[0]}, CASE WHEN {low} < 0 THEN {from_end} ELSE {low} END{rest})"


def never_negative(expr: Expr) -> bool:
    """Whether an expression is a place, a length, a constant that is none below 0, or a sum of them."""
    if isinstance(expr, Literal):
        return isinstance(expr.value, int) and expr.value >= 0
    if not isinstance(expr, Call):
        return False
    if expr.function in ("CAST", "+"):
        return all(map(never_negative, expr.args))
    return expr.function in ("CHAR_LENGTH", "POSITION", "CARDINALITY")


def _length(arg: Expr, sql: Sql, length: Callable[[Sql], str]) -> str:
    value = constant(arg)
    if isinstance(value, int):
        return str(max(value, 0))
    return str(sql) if never_negative(arg) else length(sql)


TEXT: Mapping[str, FunctionText] = {
    **dict.fromkeys(ENDS, trim),
    "POSITION": "LOCATE({0}, {1})",
}
