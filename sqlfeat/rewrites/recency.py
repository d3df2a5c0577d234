"""What puts the rows of an aggregate in order, and which of them count."""

from __future__ import annotations

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Expr, columns_of, type_of
from sqlfeat.types import Boolean, holds_map, is_numeric


def order_of(call: AggregateCall, time: Expr) -> tuple[Expr, ...]:
    """Return what the rows are sorted by, from the oldest: time, the tie-breaker, the value."""
    order = [time]
    if call.tie_breaker is not None:
        order.append(call.tie_breaker)
    if call.arg is not None and columns_of(call.arg) and not holds_map(type_of(call.arg)):
        order.append(_uncast(call.arg))
    return tuple(dict.fromkeys(order))


def _uncast(expr: Expr) -> Expr:
    """Return a number as it is: as one of a wider type it has the same order."""
    if isinstance(expr, Call) and expr.function == "CAST" and is_numeric(type_of(expr.args[0])):
        return expr.args[0] if is_numeric(expr.type) else expr
    return expr


def both(first: Expr | None, second: Expr | None) -> Expr | None:
    """Return the condition that both hold; None stands for one that always does."""
    if first is None or second is None:
        return second if first is None else first
    return Call("AND", (first, second), Boolean)


def known(call: AggregateCall) -> Expr | None:
    """Return the condition that the aggregate's value is not NULL; None where rows are counted."""
    return None if call.arg is None else Call("IS NOT NULL", (call.arg,), Boolean)


def is_met(condition: Expr) -> Expr:
    """Return whether a condition holds, never NULL."""
    if isinstance(condition, Call) and condition.function in ("IS NOT NULL", "IS TRUE"):
        return condition
    return Call("IS TRUE", (condition,), Boolean)
