"""Give values that are computed the widest type of their kind, before they are listed or counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, type_of
from sqlfeat.plan.base import Node
from sqlfeat.plan.join import AsOfJoin
from sqlfeat.plan.over import Over
from sqlfeat.plan.rows import Derive, Select
from sqlfeat.plan.slide import Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of, transform_views
from sqlfeat.types import String, is_nested

LISTED = frozenset({"COLLECT_LIST", "VALUE_COUNTS"})
WIDENED = "WIDENED"


def widen_listed_values(plan: Plan) -> Plan:
    """Return the plan in which COLLECT_LIST and VALUE_COUNTS read a text or a nested value that is
    computed, or a column that may hold one, as one of its whole type: to an engine a list of `'a'` holds
    texts of one character, and one of `ARRAY[1]` arrays without NULLs.
    """
    computed = _computed(plan)
    return transform_views(plan, lambda node: _widened(node, computed))


def _computed(plan: Plan) -> frozenset[str]:
    """Return the names under which such values may be found in any view."""
    nodes = [node for view in plan.views for node in nodes_of(view.node)]
    given = [one for node in nodes for one in _given(node)]
    names = frozenset(name for node in nodes for name in _listed(node))
    while True:
        found = names | {name for name, expr in given if _is_computed(expr, names)}
        if found == names:
            return names
        names = found


def _given(node: Node) -> Iterator[tuple[str, Expr]]:
    """Yield the columns that a node names, with what each is made of."""
    if isinstance(node, Derive | Select):
        yield from node.columns
    if isinstance(node, Over | Slide):
        yield from ((c.name, c.call.arg) for c in node.columns if c.call.arg is not None)
    if isinstance(node, AsOfJoin):
        right = node.right.schema
        yield from ((c.name, Column(c.column, right[c.column])) for c in node.columns)


def _listed(node: Node) -> Iterator[str]:
    """Yield the columns that hold lists of values, or counts."""
    if isinstance(node, Over | Slide):
        yield from (column.name for column in node.columns if column.call.name in LISTED)


def _is_computed(expr: Expr, names: frozenset[str]) -> bool:
    if type_of(expr) != String and not is_nested(type_of(expr)):
        return False
    return expr.name in names if isinstance(expr, Column) else True


def _widened(node: Node, computed: frozenset[str]) -> Node:
    if isinstance(node, Over):
        over = (replace(column, call=_wide(column.call, computed)) for column in node.columns)
        return replace(node, columns=tuple(over))
    if isinstance(node, Slide):
        sliding = (replace(column, call=_wide(column.call, computed)) for column in node.columns)
        return replace(node, columns=tuple(sliding))
    return node


def _wide(call: AggregateCall, computed: frozenset[str]) -> AggregateCall:
    arg = call.arg
    if call.name not in LISTED or arg is None or not _is_computed(arg, computed):
        return call
    if isinstance(arg, Call) and arg.function in (WIDENED, "CAST"):
        return call
    return replace(call, arg=Call(WIDENED, (arg,), type_of(arg)))
