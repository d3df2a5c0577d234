"""Keep a constant that is a join's key from being folded into the join."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column, Expr, Literal, columns_of, type_of
from sqlfeat.plan.base import Node
from sqlfeat.plan.join import AsOfJoin
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of, transform_views
from sqlfeat.types import Boolean, Instant


def tie_constant_keys_to_rows(plan: Plan) -> Plan:
    """Return the plan in which a derived column that is the same for every row, and by whose name a
    join is made, reads the row's event time: a planner that knows the constant cannot make the join.
    """
    joins = (node for view in plan.views for node in nodes_of(view.node) if isinstance(node, AsOfJoin))
    keys = frozenset(left for join in joins for left, _ in join.keys)
    return transform_views(plan, lambda node: _tied(node, keys)) if keys else plan


def _tied(node: Node, keys: frozenset[str]) -> Node:
    if not isinstance(node, Derive) or node.event_time is None:
        return node
    time = Column(node.event_time, Instant)
    columns = tuple(
        (name, _unless_null(expr, time)) if name in keys and not columns_of(expr) else (name, expr)
        for name, expr in node.columns
    )
    return replace(node, columns=columns)


def _unless_null(expr: Expr, time: Column) -> Expr:
    dtype = type_of(expr)
    present = Call("IS NOT NULL", (time,), Boolean)
    return Call("CASE", (present, expr, Literal(None, dtype)), dtype)
