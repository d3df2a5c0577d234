"""Let a window that ends before its row hold rows that are put one millisecond later."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AGGREGATES, AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn, Window
from sqlfeat.plan.rows import Filter, Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.versions import AlsoLater
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.delay_strict_views import beside_windows
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Int64, Interval


def look_before_rows(plan: Plan) -> Plan:
    """Return the plan in which every window ends at its row's time. One that ended before it is over the
    rows and copies of them that are a millisecond later: only these count, and of those of its own time
    they are the ones before it.
    """
    return transform_views(plan, _look)


def _look(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    before = tuple(column for column in node.columns if column.window.until is not None)
    if not before:
        return node
    plain = tuple(column for column in node.columns if column not in before)
    rows = replace(node, columns=plain) if plain else node.input
    first, taken = before[0].name, [*node.input.schema.names, *node.schema.names]
    counts = Column(unused(f"{first}_counts", taken), Boolean)
    says = "Each row, and once more a millisecond later: then it counts, for the rows after it."
    below, columns = beside_windows(rows, f"{first}_input")
    both = AlsoLater(below, columns, counts.name, Step(f"{first}_also_later", says))
    held = _rows_of_windows(before, counts, taken)
    shifted = (*(_shifted(column, counts) for column in before), *held.values())
    over = Over(both, shifted, node.step)
    is_row = Call("NOT", (counts,), Boolean)
    once = Filter(over, is_row, Step(f"{first}_once", "The rows themselves."))
    says = f"{node.step.says.split(', with ')[0]}, with what was before it."
    shown = tuple(_shown(node, before, held))
    return Select(once, shown, node.event_time, Step(f"{first}_found", says))


def _shifted(column: OverColumn, counts: Column) -> OverColumn:
    where = column.call.where
    both = counts if where is None else Call("AND", (counts, where), Boolean)
    return replace(column, call=replace(column.call, where=both), window=_at_row(column.window))


def _at_row(window: Window) -> Window:
    reach = window.reach
    if isinstance(reach, Literal):
        assert isinstance(reach.value, int)
        reach = Literal(reach.value - 1, Interval)
    return replace(window, reach=reach, until=None)


def _rows_of_windows(
    before: tuple[OverColumn, ...], counts: Column, taken: list[str]
) -> dict[Window, OverColumn]:
    """Return how many rows the windows of lists hold: where there is none, a list is NULL."""
    held: dict[Window, OverColumn] = {}
    for column in before:
        if _is_told(column) and column.window not in held:
            name = unused(f"{column.name}_rows", taken)
            call = AggregateCall("COUNT", None, counts, Int64)
            held[column.window] = OverColumn(name, call, _at_row(column.window))
    return held


def _is_told(column: OverColumn) -> bool:
    row = AGGREGATES.get(column.call.name)
    return row is not None and row.empty


def _shown(
    node: Over, before: tuple[OverColumn, ...], held: dict[Window, OverColumn]
) -> list[tuple[str, Expr]]:
    lists = {column.name: held[column.window].name for column in before if _is_told(column)}
    columns: list[tuple[str, Expr]] = []
    for name, dtype in node.schema:
        value: Expr = Column(name, dtype)
        if name in lists:
            has_rows = Call(">", (Column(lists[name], Int64), Literal(0, Int64)), Boolean)
            value = Call("CASE", (has_rows, value, Literal(None, dtype)), dtype)
        columns.append((name, value))
    return columns
