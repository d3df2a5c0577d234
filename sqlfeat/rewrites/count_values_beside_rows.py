"""Say how often each value is in a window as pairs, of which a map is made."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.ranked_windows import CountedInWindow, Times
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.plan.windows_of_rows import GroupByWindow
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Int64, is_float


def count_values_beside_rows(plan: Plan) -> Plan:
    """Return the plan in which VALUE_COUNTS of a GroupByWindow is a map made of pairs: each row has its
    value, NULL where it does not count, and beside it how many rows of the window have the same.
    """
    return transform_views(plan, _count)


def _count(node: Node) -> Node:
    if not isinstance(node, GroupByWindow):
        return node
    counted = [column for column in node.columns if column.call.name == "VALUE_COUNTS"]
    if not counted:
        return node
    values: list[tuple[str, Expr]] = []
    counts: list[Times] = []
    columns: dict[str, SlideColumn] = {}
    for column in counted:
        taken = [*node.input.schema.names, *node.schema.names, *(name for name, _ in values)]
        name, times = unused(f"{column.name}_value", taken), unused(f"{column.name}_times", taken)
        value = _value(column.call)
        values.append((name, value))
        counts.append(Times(times, (*node.keys, node.end), name))
        columns[column.name] = _map_of(column, Column(name, type_of(value)), Column(times, Int64))
    names = ", ".join(name for name, _ in values)
    base = node.step.name
    derived = Derive(node.input, tuple(values), Step(base + "_values", f"The same, with {names}."))
    says = f"The same, with how many rows of the window have the same {names}."
    beside = CountedInWindow(derived, tuple(counts), Step(base + "_times", says))
    return replace(node, input=beside, columns=tuple(columns.get(c.name, c) for c in node.columns))


def _value(call: AggregateCall) -> Expr:
    """Return the value that a row counts for; NULL if it does not count."""
    assert call.arg is not None
    dtype = type_of(call.arg)
    value = Call("ONE_ZERO", (call.arg,), dtype) if is_float(dtype) else call.arg
    if call.where is None:
        return value
    return Call("CASE", (call.where, value, Literal(None, dtype)), dtype)


def _map_of(column: SlideColumn, value: Column, times: Column) -> SlideColumn:
    pair = Call("PAIR", (value, times), column.call.type)
    counts = Call("IS NOT NULL", (value,), Boolean)
    return replace(column, call=AggregateCall("MAP_OF_PAIRS", pair, counts, column.call.type))
