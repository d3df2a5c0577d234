"""Say sliding windows as one row for each window that holds it, grouped by the windows' ends."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column, Expr, Literal, rebuild
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.slide import DAY_MS, CalendarSteps, Slide, SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.plan.windows_of_rows import DayWindowsOfRows, GroupByWindow, TimeWindowsOfRows
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant, Interval

IN_LAST = ("IN_LAST_OF_WINDOW", "IN_LAST_DAYS_OF_WINDOW")


def unfold_windows(plan: Plan) -> Plan:
    """Return the plan without Slide. A window that ends at a local midnight is found by the calendar,
    for engines whose own windows know only days of 24 hours.
    """
    return transform_views(plan, _unfold)


def _unfold(node: Node) -> Node:
    if not isinstance(node, Slide):
        return node
    end = unused("window_end", (*node.input.schema.names, *node.schema.names))
    says = "Each row once for each window that holds it, with the end of that window."
    step = Step(node.step.name + "_of_rows", says)
    rows: Node
    if isinstance(node.steps, CalendarSteps):
        rows = DayWindowsOfRows(node.input, node.size_ms // DAY_MS, node.steps.days, end, step)
    else:
        rows = TimeWindowsOfRows(node.input, node.size_ms, node.steps, end, step)
    columns = tuple(_with_end(column, node, end) for column in node.columns)
    return GroupByWindow(rows, node.keys, end, columns, node.time, node.step)


def _with_end(column: SlideColumn, node: Slide, end: str) -> SlideColumn:
    """Return the column with the test for a smaller window's rows said against the window's end."""
    if column.call.where is None:
        return column
    window_end = Column(end, Instant)

    def change(expr: Expr) -> Expr:
        if not (isinstance(expr, Call) and expr.function in IN_LAST):
            return expr
        time, size = expr.args
        assert isinstance(size, Literal)
        assert isinstance(size.value, int)
        if expr.function == "IN_LAST_DAYS_OF_WINDOW":
            days = Literal(size.value // DAY_MS, Interval)
            return Call("IN_LAST_DAYS", (time, window_end, days), Boolean)
        start = Call("PLUS", (window_end, Literal(-size.value, Interval)), Instant)
        return Call(">=", (time, start), Boolean)

    return replace(column, call=replace(column.call, where=rebuild(column.call.where, change)))
