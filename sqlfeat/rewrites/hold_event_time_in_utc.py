"""Keep event time as a timestamp without a zone that holds UTC."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Expr, rebuild
from sqlfeat.plan.base import Node
from sqlfeat.plan.ordered_rows import RowsInOrder
from sqlfeat.plan.rows import Derive, Filter
from sqlfeat.plan.slide import CalendarSteps, RealTimeSteps, Slide, SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.versions import AlsoLater, MillisecondLater
from sqlfeat.plan.walk import nodes_of, transform_views
from sqlfeat.types import Instant
from sqlfeat.zones import changes_its_clock, local_midnight_ms

SHOWN = {"TEXT_OF_INSTANT", "TIMESTAMP_OF_INSTANT"}
IN_UTC = {"NUMBER_OF_INSTANT": "NUMBER_OF_UTC", "STAMPED": "STAMPED_UTC", "INSTANT": "UTC_TIME"}


def hold_event_time_in_utc(plan: Plan) -> Plan:
    """Return the plan with event times in UTC, if it has sliding windows, or rows put in order or later
    by windows of milliseconds, and another zone: an engine may lay windows on instants out on the zone's
    clock, and lose rows or take an hour too much.

    Windows of days become windows of 24 hours that end at midnight, unless the zone changes its clock:
    then they need the zone, and event times stay instants.
    """
    nodes = [node for view in plan.views for node in nodes_of(view.node)]
    slides = [node for node in nodes if isinstance(node, Slide)]
    has_windows = bool(slides) or any(
        isinstance(node, RowsInOrder | MillisecondLater | AlsoLater) for node in nodes
    )
    by_days = any(isinstance(slide.steps, CalendarSteps) for slide in slides)
    if not has_windows or plan.timezone == "UTC" or (by_days and changes_its_clock(plan.timezone)):
        return plan
    offset = local_midnight_ms(plan.timezone)
    changed = transform_views(plan, lambda node: _in_utc(node, offset))
    sources = tuple(
        replace(source, time=replace(source.time, expr=_utc(source.time.expr)))
        if source.time is not None
        else source
        for source in plan.sources
    )
    return replace(changed, sources=sources)


def _utc(expr: Expr) -> Expr:
    return Call("UTC_OF_INSTANT", (expr,), Instant)


def _in_utc(node: Node, offset_ms: int) -> Node:
    if isinstance(node, Slide):
        columns = tuple(_aggregated(column) for column in node.columns)
        step_ms = node.steps.step_ms
        by_days = isinstance(node.steps, CalendarSteps)
        steps = RealTimeSteps(step_ms, offset_ms % step_ms) if by_days else node.steps
        return replace(node, columns=columns, steps=steps)
    if isinstance(node, Derive):
        derived = tuple((name, rebuild(expr, _shown)) for name, expr in node.columns)
        return replace(node, columns=derived)
    if isinstance(node, Filter):
        return replace(node, predicate=rebuild(node.predicate, _shown))
    return node


def _aggregated(column: SlideColumn) -> SlideColumn:
    call = column.call
    return (
        column if call.arg is None else replace(column, call=replace(call, arg=rebuild(call.arg, _shown)))
    )


def _shown(expr: Expr) -> Expr:
    """Turn the UTC that is shown to a reader into an instant again."""
    if isinstance(expr, Call) and expr.function in SHOWN:
        time, *rest = expr.args
        return replace(expr, args=(Call("INSTANT_OF_UTC", (time,), Instant), *rest))
    if isinstance(expr, Call) and expr.function in IN_UTC:
        return replace(expr, function=IN_UTC[expr.function])
    return expr
