"""Say the filter of an aggregate over a window as a CASE inside of it."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Expr, Literal, type_of
from sqlfeat.plan.base import Node
from sqlfeat.plan.over import Over
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.types import Int32


def fold_window_filters(plan: Plan) -> Plan:
    """Return the plan in which no aggregate of an Over has a filter. Every aggregate ignores NULLs, so
    that a row which does not match counts as one whose value is NULL.
    """
    return transform_views(plan, _fold)


def _fold(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    columns = tuple(replace(column, call=_folded(column.call)) for column in node.columns)
    return replace(node, columns=columns)


def _folded(call: AggregateCall) -> AggregateCall:
    if call.where is None:
        return call
    value: Expr = Literal(1, Int32) if call.arg is None else call.arg
    dtype = type_of(value)
    case = Call("CASE", (call.where, value, Literal(None, dtype)), dtype)
    return replace(call, arg=case, where=None)
