"""Sort the rows below windows by more than their time, for aggregates that go by the order of rows."""

from __future__ import annotations

from sqlfeat.expr.nodes import Expr, type_of
from sqlfeat.plan.base import Node
from sqlfeat.plan.ordered_rows import Spread
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of, transform_views
from sqlfeat.rewrites.put_rows_in_order import Order, in_any_order, needs_order, over_rows_in_order
from sqlfeat.types import holds_map


def sort_rows_of_windows(plan: Plan) -> Plan:
    """Return the plan in which lists, and first and last values that are not settled by their values
    alone, are over rows in order. Windows that are counted in rows say their order themselves.
    """
    return transform_views(plan, _sort)


def _sort(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    orders = {column: _order(column, node) for column in node.columns}
    plain = tuple(column for column, order in orders.items() if order is None)
    if len(plain) == len(node.columns):
        return node
    result = in_any_order(node, plain) if plain else node.input
    for number, order in enumerate(dict.fromkeys(order for order in orders.values() if order)):
        columns = tuple(column for column in node.columns if orders[column] == order)
        result = over_rows_in_order(node, result, order, columns, number)
    return result


def _order(column: OverColumn, node: Over) -> Order | None:
    """Return whose rows have to be in which order; None where any will do."""
    call, window = column.call, column.window
    if window.unit == "ROWS" or not needs_order(call):
        return None
    assert call.arg is not None
    if call.tie_breaker is None:
        return window.keys, (() if holds_map(type_of(call.arg)) else (call.arg,))
    ties: tuple[Expr, ...] = (call.tie_breaker,)
    decided = call.tie_breaker.name in _places(node) or holds_map(type_of(call.arg))
    return window.keys, ties if decided else (*ties, call.arg)


def _places(node: Over) -> set[str]:
    """Return the columns that number rows, or the values of a list: no two have the same."""
    below = list(nodes_of(node.input))
    columns = [column for one in below if isinstance(one, Over) for column in one.columns]
    numbers = {c.name for c in columns if c.window.unit == "ROWS" and c.window.reach is None}
    return numbers | {one.place for one in below if isinstance(one, Spread)}
