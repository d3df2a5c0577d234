"""Compute several sizes of sliding windows from the rows of the largest."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, time_of
from sqlfeat.plan.slide import CalendarSteps, Slide, SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.types import Boolean, Instant, Interval


def narrow_smaller_windows(plan: Plan) -> Plan:
    """Return the plan in which each aggregate of a smaller window than the largest of its node counts
    only the rows that lie less than its size before the window's end.
    """
    return transform_views(plan, _narrow)


def _narrow(node: Node) -> Node:
    if not isinstance(node, Slide):
        return node
    columns = tuple(_narrowed(column, node) for column in node.columns)
    return replace(node, columns=columns)


def _narrowed(column: SlideColumn, node: Slide) -> SlideColumn:
    if column.size_ms == node.size_ms:
        return column
    time = Column(time_of(node.input, "a sliding window"), Instant)
    by_days = isinstance(node.steps, CalendarSteps)
    function = "IN_LAST_DAYS_OF_WINDOW" if by_days else "IN_LAST_OF_WINDOW"
    recent = Call(function, (time, Literal(column.size_ms, Interval)), Boolean)
    call = replace(column.call, where=_both(column.call, recent))
    return replace(column, call=call, size_ms=node.size_ms)


def _both(call: AggregateCall, recent: Expr) -> Expr:
    return recent if call.where is None else Call("AND", (recent, call.where), Boolean)
