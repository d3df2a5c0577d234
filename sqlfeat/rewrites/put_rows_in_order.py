"""Put the rows of one time in order, below aggregates that go by the order of arrival."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Column, Expr, type_of
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.ordered_rows import RowsInOrder, Spread
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.rows import Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of, transform, transform_views
from sqlfeat.rewrites.settle_ties import AMONG_PEERS, is_settled_by_value
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import holds_map
from sqlfeat.words import listed

WINDOW_NAMES = ("window_start", "window_end", "window_time")

Order = tuple[tuple[str, ...], tuple[Expr, ...]]


def put_rows_in_order(plan: Plan) -> Plan:
    """Return the plan in which windows that are counted in rows, lists, and first and last values that
    are not settled by their values alone, are over rows in order: an engine takes those of one time as
    they arrive.
    """
    return transform_views(plan, _put)


def needs_order(call: AggregateCall) -> bool:
    """Whether the aggregate is another one in another order of the rows, and is not settled else."""
    if call.name == "COLLECT_LIST" or (call.limit is not None and call.arg is not None):
        return True
    return call.name in AMONG_PEERS and not is_settled_by_value(call)


def _put(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    places = _places(node)
    apart = frozenset(below.place for below in nodes_of(node.input) if isinstance(below, Spread))
    orders = {column: _order(column, places, apart) for column in node.columns}
    plain = tuple(_as_it_arrives(c, places) for c, order in orders.items() if order is None)
    if any(_tie(column) in places for column in node.columns):
        return replace(
            node, input=transform(node.input, lambda below: _without(below, places)), columns=plain
        )
    if len(plain) == len(node.columns):
        return node
    result = in_any_order(node, plain) if plain else node.input
    for number, order in enumerate(dict.fromkeys(order for order in orders.values() if order)):
        columns = tuple(column for column in node.columns if orders[column] == order)
        result = over_rows_in_order(node, result, order, columns, number)
    return result


def _tie(column: OverColumn) -> str | None:
    return None if column.call.tie_breaker is None else column.call.tie_breaker.name


def _places(node: Over) -> frozenset[str]:
    """Return the tie-breakers that number the rows of a window in its order."""
    columns = [c for below in nodes_of(node.input) if isinstance(below, Over) for c in below.columns]
    numbers = {c.name for c in columns if c.window.unit == "ROWS" and c.window.reach is None}
    return frozenset(tie for tie in map(_tie, node.columns) if tie in numbers)


def _as_it_arrives(column: OverColumn, places: frozenset[str]) -> OverColumn:
    """Leave out a tie-breaker that is a place in an order: the rows arrive in it."""
    if _tie(column) not in places:
        return column
    return replace(column, call=replace(column.call, tie_breaker=None))


def _without(node: Node, places: frozenset[str]) -> Node:
    """Leave out the places, which nothing reads any more."""
    if not isinstance(node, Over):
        return node
    return replace(node, columns=tuple(column for column in node.columns if column.name not in places))


def _order(column: OverColumn, places: frozenset[str], apart: frozenset[str]) -> Order | None:
    """Return whose rows have to be in which order; None where any will do. The place of a value that was
    taken out of a list is an order without ties.
    """
    call, window = column.call, column.window
    if window.by:
        return window.keys, window.by
    if not needs_order(call) or _tie(column) in places:
        return None
    ties: tuple[Expr, ...] = () if call.tie_breaker is None else (call.tie_breaker,)
    assert call.arg is not None
    decided = _tie(column) in apart or holds_map(type_of(call.arg))
    return window.keys, ties if decided else (*ties, call.arg)


def in_any_order(node: Over, plain: tuple[OverColumn, ...]) -> Node:
    """Return the windows of the columns for which the order does not count, in a step of their own."""
    names = listed([column.name for column in plain])
    says = f"{node.step.says.split(', with ')[0]}, with {names}, which any order of the rows gives."
    return replace(node, columns=plain, step=Step(node.step.name + "_in_any_order", says))


def over_rows_in_order(
    node: Over, below: Node, order: Order, columns: tuple[OverColumn, ...], number: int
) -> Node:
    """Return the windows of the columns, over the rows in order."""
    suffix = "" if not number else f"_{number + 1}"
    rows = _in_order(node, below, order, listed([column.name for column in columns]), suffix)
    arrived = tuple(
        replace(
            column,
            call=replace(column.call, tie_breaker=None),
            window=replace(column.window, by=()),
        )
        for column in columns
    )
    step = Step(node.step.name + suffix, node.step.says)
    return Over(rows, arrived, step)


def _in_order(node: Over, below: Node, order: Order, names: str, suffix: str) -> Node:
    """Return the rows of one time in order, with the columns that they had."""
    keys, exprs = order
    time, schema = time_of(below, "putting rows in order"), below.schema
    free = {name: unused(name + "_of_row", schema.names) for name in WINDOW_NAMES if name in schema}
    computed = [
        (unused(f"order_{n}", schema.names), expr)
        for n, expr in enumerate(exprs, 1)
        if not isinstance(expr, Column)
    ]
    if free or computed:
        inner = [(free.get(name, name), Column(name, dtype)) for name, dtype in schema]
        says = f"Each row, with what {names} goes by."
        step = Step(f"{node.step.name}{suffix}_to_order", says)
        below = Select(below, (*inner, *computed), time, step)
    helpers = iter(name for name, _ in computed)
    by = tuple(
        replace(expr, name=free.get(expr.name, expr.name))
        if isinstance(expr, Column)
        else Column(next(helpers), type_of(expr))
        for expr in exprs
    )
    says = f"The rows of one time in the order that counts for {names}: an OVER takes them as they come."
    return RowsInOrder(
        below,
        tuple(free.get(key, key) for key in keys),
        by,
        tuple((name, free.get(name, name)) for name in schema.names),
        unused("place", below.schema.names),
        Step(f"{node.step.name}{suffix}_in_order", says),
    )
