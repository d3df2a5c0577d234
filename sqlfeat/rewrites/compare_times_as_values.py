"""Compare event times of joined windows as values, no longer as the time of a stream."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column, Expr, rebuild
from sqlfeat.plan.base import Node
from sqlfeat.plan.ranked_windows import SameWindowJoin
from sqlfeat.plan.rows import Filter
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of, transform_views
from sqlfeat.types import Timestamp


def compare_times_as_values(plan: Plan) -> Plan:
    """Return the plan in which filters compare an event time with a constant as a TIMESTAMP, if windows
    are joined: an engine may ask such a join between which bounds its times lie, and not know how to say
    an instant.
    """
    joins = any(isinstance(node, SameWindowJoin) for view in plan.views for node in nodes_of(view.node))
    return transform_views(plan, _compared) if joins else plan


def _compared(node: Node) -> Node:
    if not isinstance(node, Filter):
        return node
    return replace(node, predicate=rebuild(node.predicate, _as_value))


def _as_value(expr: Expr) -> Expr:
    if not isinstance(expr, Call) or len(expr.args) != 2:
        return expr
    time, constant = expr.args
    if not isinstance(time, Column) or not isinstance(constant, Call) or constant.function != "INSTANT":
        return expr
    return replace(expr, args=(Call("TIMESTAMP_OF_INSTANT", (time,), Timestamp), constant))
