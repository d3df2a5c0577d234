"""Say the windows that hold a row by their numbers, for engines without words for such windows."""

from __future__ import annotations

from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.ranked_windows import HopOfRows
from sqlfeat.plan.repeats_of_rows import RepeatRows
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import DAY_MS, CalendarSteps, Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.plan.windows_of_rows import GroupByWindow
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Instant, Int64, Interval


def number_windows_of_rows(plan: Plan) -> Plan:
    """Return the plan without Slide and HopOfRows: each row comes once for each of the windows that hold
    it, numbered, and the window's end is computed from the number.
    """
    return transform_views(plan, _number)


def _number(node: Node) -> Node:
    if isinstance(node, HopOfRows):
        return _whole(node)
    if not isinstance(node, Slide):
        return node
    says = "Each row once for each window that holds it, with the window's end."
    rows = HopOfRows(node.input, node.size_ms, node.steps, Step(f"rows_of_{node.step.name}", says))
    return GroupByWindow(
        _ended(rows, rows.step), node.keys, "window_end", node.columns, node.time, node.step
    )


def _ended(node: HopOfRows, step: Step) -> Node:
    """Return the rows with the ends of their windows. A row of one window need not be numbered."""
    time, count = time_of(node.input, "a sliding window"), node.size_ms // node.steps.step_ms
    below, number = node.input, unused("window_number", node.schema.names)
    if count > 1:
        says = f"Each row {count} times: once for each window that holds it, from the first on."
        below = RepeatRows(node.input, count, number, Step(node.step.name + "_numbered", says))
    of = Column(number, Int64) if count > 1 else Literal(1, Int64)
    return Derive(below, (("window_end", _end(node, Column(time, Instant), of)),), step)


def _whole(node: HopOfRows) -> Node:
    """Return the rows with the start, the end and the time of their windows."""
    says = "Each row once for each window that holds it, with the window's end."
    below = _ended(node, Step(node.step.name + "_ended", says))
    end = Column("window_end", Instant)
    start = Call("PLUS", (end, _span(-node.size_ms)), Instant)
    if isinstance(node.steps, CalendarSteps):
        start = Call("PLUS_DAYS", (end, _span(-node.size_ms // DAY_MS)), Instant)
    window_time = Call("PLUS", (end, _span(-1)), Instant)
    return Derive(below, (("window_start", start), ("window_time", window_time)), node.step)


def _end(node: HopOfRows, time: Expr, number: Expr) -> Expr:
    """Return the end of the window of a number among those that hold a row, which is not before it."""
    if isinstance(node.steps, CalendarSteps):
        return Call("WINDOW_MIDNIGHT", (time, number, _span(node.steps.days)), Instant)
    spans = _span(node.steps.step_ms), _span(node.steps.offset_ms)
    return Call("WINDOW_END", (time, number, *spans), Instant)


def _span(amount: int) -> Literal:
    return Literal(amount, Interval)
