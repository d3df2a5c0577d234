"""Measure long windows in milliseconds, where an engine measures days by the calendar."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Literal
from sqlfeat.plan.base import Node
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.slide import DAY_MS
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.types import Int64


def range_over_milliseconds(plan: Plan) -> Plan:
    """Return the plan in which a window of a day or more is ordered by the milliseconds of its event
    time: a day in it is 24 hours, on the days of 23 and 25 hours too.
    """
    return transform_views(plan, _measure)


def _measure(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    return replace(node, columns=tuple(_measured(column) for column in node.columns))


def _measured(column: OverColumn) -> OverColumn:
    window = column.window
    if window.size_ms is None or window.size_ms < DAY_MS:
        return column
    order = Call("MILLIS_OF_INSTANT", (window.order,), Int64)
    reach = Literal(window.size_ms, Int64)
    return replace(column, window=replace(window, order=order, reach=reach))
