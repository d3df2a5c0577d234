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


def _trim(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    if len(args) == 1:
        return None
    text, characters = (at_least(ATOM, arg) for arg in args)
    return f"TRIM({ENDS[call.function]} {characters} FROM {text})"


def _position(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    part, text = (at_least(ATOM, arg) for arg in args)
    return f"POSITION({part} IN {text})"


def substring(call: Call, args: tuple[Sql, ...], length: Callable[[Sql], str]) -> str:
    """Say SUBSTRING so that a start before the first character is the first character; `length` says
    a length that may be negative.
    """
    rest = "".join(
        f", {_length(arg, sql, length)}" for arg, sql in zip(call.args[2:], args[2:], strict=True)
    )
    start = constant(call.args[1])
    if isinstance(start, int) and start >= 0:
        return f"SUBSTRING({args[0]}, {args[1]}{rest})"
    if isinstance(start, int):
        last = f"RIGHT({args[0]}, {-start})"
        return f"SUBSTRING({last}, 1{rest})" if rest else last
    low = at_least(SUM, args[1])
    from_end = f"GREATEST(CHAR_LENGTH({args[0]}) + {low} + 1, 1)"
    return f"SUBSTRING({args[0]}, CASE WHEN {low} < 0 THEN {from_end} ELSE {low} END{rest})"


def _length(arg: Expr, sql: Sql, length: Callable[[Sql], str]) -> str:
    value = constant(arg)
    return str(max(value, 0)) if isinstance(value, int) else length(sql)


TEXT: Mapping[str, FunctionText] = {
    **dict.fromkeys(ENDS, _trim),
    "POSITION": _position,
}
