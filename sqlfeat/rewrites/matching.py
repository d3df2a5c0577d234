"""What the two ways of a point-in-time join share: when a match counts, and what it gives."""

from __future__ import annotations

from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.join import AsOfJoin, CalendarSpan
from sqlfeat.types import Boolean, Instant, Interval


def match_conditions(join: AsOfJoin, left_time: Expr, right_time: Expr, lead_ms: int = 0) -> Expr | None:
    """Return what a match has to meet besides keys and order; None for nothing.

    `lead_ms` is how much later than the row's own time `right_time` is.
    """
    conditions: list[Expr] = []
    if join.ttl_ms is not None:
        oldest = Call("PLUS", (left_time, Literal(lead_ms - join.ttl_ms, Interval)), Instant)
        conditions.append(Call(">=", (right_time, oldest), Boolean))
    if isinstance(join.valid_for, CalendarSpan):
        end: Expr = Call("PLUS_DAYS", (right_time, Literal(join.valid_for.days, Interval)), Instant)
        if lead_ms:
            end = Call("PLUS", (end, Literal(-lead_ms, Interval)), Instant)
        conditions.append(Call("<", (left_time, end), Boolean))
    elif join.valid_for is not None:
        end = Call("PLUS", (right_time, Literal(join.valid_for - lead_ms, Interval)), Instant)
        conditions.append(Call("<", (left_time, end), Boolean))
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else Call("AND", tuple(conditions), Boolean)


def joined_values(join: AsOfJoin, of: str, matches: Expr | None) -> tuple[tuple[str, Expr], ...]:
    """Return each joined column read from `of`: NULL, or 0, where there is no match."""
    columns: list[tuple[str, Expr]] = []
    for joined in join.columns:
        value: Expr = Column(joined.column, join.right.schema[joined.column], of)
        dtype = type_of(value)
        if matches is not None:
            value = Call("CASE", (matches, value, Literal(None, dtype)), dtype)
        if joined.zero:
            value = Call("ZERO_IF_NULL", (value,), dtype)
        columns.append((joined.name, value))
    return tuple(columns)
