"""Measure long windows in milliseconds, where an engine measures days by the calendar, and those that
end before a row, where it asks for two intervals of one unit.
"""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Expr, Literal
from sqlfeat.plan.base import Node
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.slide import DAY_MS
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.types import Int64


def range_over_milliseconds(plan: Plan) -> Plan:
    """Return the plan in which a window of a day or more, or one that ends before the row's time, is
    ordered by the milliseconds of its event time: a day in it is 24 hours, on the days of 23 and 25
    hours too.
    """
    return transform_views(plan, _measure)


def _measure(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    return replace(node, columns=tuple(_measured(column) for column in node.columns))


def _measured(column: OverColumn) -> OverColumn:
    window = column.window
    if window.until is None and (window.size_ms is None or window.size_ms < DAY_MS):
        return column
    order = Call("MILLIS_OF_INSTANT", (window.order,), Int64)
    reach, until = _as_number(window.reach), _as_number(window.until)
    return replace(column, window=replace(window, order=order, reach=reach, until=until))


def _as_number(span: Expr | None) -> Expr | None:
    assert span is None or isinstance(span, Literal)
    return None if span is None else Literal(span.value, Int64)
