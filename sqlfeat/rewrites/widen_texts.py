"""Give texts that are computed the type of a text of any length, before they are listed or counted."""

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
from sqlfeat.types import String

LISTED = frozenset({"COLLECT_LIST", "VALUE_COUNTS"})
LONG = "TEXT_OF_ANY_LENGTH"


def widen_texts(plan: Plan) -> Plan:
    """Return the plan in which COLLECT_LIST and VALUE_COUNTS read a text that is computed, or a column
    that may hold one, as a text of any length: to an engine a list of `'a'` holds texts of one character.
    """
    computed = _computed(plan)
    return transform_views(plan, lambda node: _widened(node, computed))


def _computed(plan: Plan) -> frozenset[str]:
    """Return the names under which computed texts may be found in any view."""
    given = [one for view in plan.views for node in nodes_of(view.node) for one in _given(node)]
    names: frozenset[str] = frozenset()
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


def _is_computed(expr: Expr, names: frozenset[str]) -> bool:
    if type_of(expr) != String:
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
    if isinstance(arg, Call) and arg.function in (LONG, "CAST"):
        return call
    return replace(call, arg=Call(LONG, (arg,), String))
