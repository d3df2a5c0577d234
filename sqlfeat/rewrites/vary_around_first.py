"""Sum up the variance of all rows so far from the differences to the first of them."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.rows import Derive, Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Float64, Int64

VARIANCES = frozenset({"VAR_POP", "VAR_SAMP", "STDDEV_POP", "STDDEV_SAMP"})


def vary_around_first(plan: Plan) -> Plan:
    """Return the plan without variances and standard deviations of windows that hold all rows so far:
    they are made of the count and two sums, of the differences to the first value of the key and of
    their squares. Those are exact where the values are far from 0 and near to each other.
    """
    return transform_views(plan, _vary)


def _vary(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    running = [column for column in node.columns if _is_running(column)]
    plain = tuple(column for column in node.columns if column not in running)
    result: Node = replace(node, columns=plain) if plain and running else node.input
    for column in running:
        result = _varied(node, result, column)
    return result if running else node


def _is_running(column: OverColumn) -> bool:
    window = column.window
    return column.call.name in VARIANCES and window.reach is None and window.unit == "RANGE"


def _varied(node: Over, below: Node, column: OverColumn) -> Node:
    call, name = column.call, column.name
    assert call.arg is not None
    taken = [*below.schema.names, *node.schema.names]
    first, off = (Column(unused(f"{name}_{what}", taken), Float64) for what in ("first", "off"))
    whose = "_by_" + "_and_".join(column.window.keys) if column.window.keys else ""
    so_far = replace(column.window, until=None, closed="both", name="so_far" + whose)
    earliest = replace(column, name=first.name, call=replace(call, name="FIRST_VALUE"), window=so_far)
    says = f"Each row, with the first value of {name}, from which the others differ."
    with_first = Over(below, (earliest,), Step(f"{name}_from_first", says))
    difference: Expr = Call("-", (call.arg, first), Float64)
    if call.where is not None:
        difference = Call("CASE", (call.where, difference, Literal(None, Float64)), Float64)
    says = f"Each row, with how far its value of {name} is off the first."
    apart = Derive(with_first, ((off.name, difference),), Step(f"{name}_apart", says))
    sums = sums_of(off, name, taken)
    columns = tuple(OverColumn(one.name, of, column.window) for one, of in sums.items())
    says = f"Each row, with the sums that {name} is made of."
    summed = Over(apart, columns, Step(f"{name}_summed", says))
    return with_feature(node, below, summed, name, variance(call.name, *sums))


def sums_of(off: Column, name: str, taken: list[str]) -> dict[Column, AggregateCall]:
    """Return the count, the sum and the sum of squares of differences, as columns."""
    squared = Call("*", (off, off), Float64)
    return {
        Column(unused(f"{name}_count", taken), Int64): AggregateCall("COUNT", off, None, Int64),
        Column(unused(f"{name}_sum", taken), Float64): AggregateCall("SUM", off, None, Float64),
        Column(unused(f"{name}_squares", taken), Float64): AggregateCall("SUM", squared, None, Float64),
    }


def with_feature(node: Over, rows: Node, below: Node, name: str, feature: Expr) -> Select:
    """Return the columns of the rows and the feature, and nothing of what led to it."""
    says = f"{node.step.says.split(', with ')[0]}, with {name}."
    kept: dict[str, Expr] = {column: Column(column, dtype) for column, dtype in rows.schema}
    columns = {**kept, name: feature}
    return Select(below, tuple(columns.items()), rows.event_time, Step(f"{name}_found", says))


def variance(name: str, count: Expr, total: Expr, squares: Expr) -> Expr:
    """Return a variance, or its root, of numbers of which these are the count and the sums."""

    def number(function: str, *args: Expr) -> Expr:
        return Call(function, args, Float64)

    deviations = number("-", squares, number("/", number("*", total, total), count))
    divisor = Call("-", (count, Literal(1, Int64)), Int64) if name.endswith("_SAMP") else count
    result = number("/", deviations, divisor)
    return number("ROOT", result) if name.startswith("STDDEV") else result
