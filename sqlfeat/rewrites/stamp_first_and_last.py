"""Say the first and the last value of a sliding window as the least and greatest of stamped values."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.over import Over, OverColumn, Window
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import Slide, SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.settle_ties import AMONG_PEERS
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import (
    Boolean,
    Date,
    Float32,
    Float64,
    Instant,
    Int32,
    Int64,
    Interval,
    String,
    is_decimal,
)

KEPT_BY_TEXT = frozenset({Boolean, Int32, Int64, Float32, Float64, String, Date})
"""Types whose values are the same when they come back from text."""


def stamp_first_and_last(plan: Plan) -> Plan:
    """Return the plan in which FIRST_VALUE and LAST_VALUE of a sliding window are MIN and MAX over each
    value behind its time as text, from which the value is then taken: those can be merged from the
    slices that windows share. Of rows of one time, the least and the greatest value count.
    """
    return transform_views(plan, _stamp)


def _stamp(node: Node) -> Node:
    if not isinstance(node, Slide):
        return node
    ordered = [column for column in node.columns if is_stamped(column.call)]
    if not ordered:
        return node
    helpers = {column.name: _helper_name(column, node) for column in ordered}
    peers = Over(node.input, tuple(_peers(column, node, helpers) for column in ordered), _before(node))
    columns = tuple(
        _stamped(column, node, helpers[column.name]) if column.name in helpers else column
        for column in node.columns
    )
    stamped = replace(node, input=peers, columns=columns, step=_inside(node))
    values = tuple((column.name, _taken_out(column)) for column in ordered)
    return Derive(stamped, values, node.step)


def is_stamped(call: AggregateCall) -> bool:
    """Whether an aggregate is the first or last of all values, and these are the same as text."""
    if call.name not in AMONG_PEERS or call.limit is not None or call.tie_breaker is not None:
        return False
    return call.type in KEPT_BY_TEXT or is_decimal(call.type)


def _names(node: Slide) -> str:
    return ", ".join(column.name for column in node.columns if is_stamped(column.call))


def _before(node: Slide) -> Step:
    says = f"Each row, with the value that counts for {_names(node)} among the rows of its key and time."
    return Step(node.step.name + "_of_one_time", says)


def _inside(node: Slide) -> Step:
    says = f"The windows, with {_names(node)} still behind the time of its row."
    return Step(node.step.name + "_stamped", says)


def _helper_name(column: SlideColumn, node: Slide) -> str:
    taken = (*node.input.schema.names, *node.schema.names)
    return unused(f"{column.name}_of_its_time", taken)


def _peers(column: SlideColumn, node: Slide, helpers: dict[str, str]) -> OverColumn:
    order = Column(time_of(node.input, "a sliding window"), Instant)
    name = "same_time" + ("_by_" + "_and_".join(node.keys) if node.keys else "")
    window = Window(name, node.keys, 0, order, Literal(0, Interval))
    call = replace(column.call, name=AMONG_PEERS[column.call.name])
    return OverColumn(helpers[column.name], call, window)


def _stamped(column: SlideColumn, node: Slide, helper: str) -> SlideColumn:
    time = Column(time_of(node.input, "a sliding window"), Instant)
    value: Expr = Column(helper, column.call.type)
    if type_of(value) != String:
        value = Call("CAST", (value,), String)
    stamped = Call("STAMPED", (time, value), String)
    call = AggregateCall(AMONG_PEERS[column.call.name], stamped, None, String)
    return replace(column, call=call)


def _taken_out(column: SlideColumn) -> Expr:
    return Call("UNSTAMPED", (Column(column.name, String),), column.call.type)
