"""Let the values of rows of one time, not the order in which they arrive, decide first and last."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Column, Literal
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn, Window
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Date, Float32, Float64, Int32, Int64, Interval, String, is_decimal

AMONG_PEERS = {"FIRST_VALUE": "MIN", "LAST_VALUE": "MAX"}


SETTLED = frozenset({Boolean, Int32, Int64, Float32, Float64, String, Date})


def is_settled_by_value(call: AggregateCall) -> bool:
    """Whether MIN and MAX of the values find which of one time is first, and which last."""
    is_ordered = call.type in SETTLED or is_decimal(call.type)
    return call.name in AMONG_PEERS and call.tie_breaker is None and is_ordered


def settle_ties(plan: Plan) -> Plan:
    """Return the plan in which FIRST_VALUE and LAST_VALUE over a window take, of rows of one time, the
    least and the greatest value: each row first gets that of its key and time, in a column of its own.
    """
    return transform_views(plan, _settle)


def _settle(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    settled: dict[str, OverColumn] = {}
    columns: list[OverColumn] = []
    for column in node.columns:
        among = AMONG_PEERS.get(column.call.name)
        if among is None or not is_settled_by_value(column.call) or column.window.unit == "ROWS":
            columns.append(column)
            continue
        helper = _helper_name(column, node)
        peers = Window(_peers_name(column), column.window.keys, 0, column.window.order, _NOW)
        settled[helper] = OverColumn(helper, replace(column.call, name=among), peers)
        value = Column(helper, column.call.type)
        columns.append(
            replace(column, call=AggregateCall(column.call.name, value, None, column.call.type))
        )
    if not settled:
        return node
    names = ", ".join(helper.removesuffix("_").removesuffix("_of_its_time") for helper in settled)
    says = f"Each row, with the value that counts for {names} among the rows of its key and time."
    step = Step(node.step.name + "_of_one_time", says)
    return replace(node, input=Over(node.input, tuple(settled.values()), step), columns=tuple(columns))


_NOW = Literal(0, Interval)


def _peers_name(column: OverColumn) -> str:
    keys = column.window.keys
    return "same_time" + ("_by_" + "_and_".join(keys) if keys else "")


def _helper_name(column: OverColumn, node: Over) -> str:
    return unused(f"{column.name}_of_its_time", node.schema.names)
