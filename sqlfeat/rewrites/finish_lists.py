"""Make of a list of a window's values what its aggregate gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.compare_equal_values import in_one_form
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.rewrites.vary_around_first import VARIANCES, variance
from sqlfeat.types import Array, Boolean, Float64, Int32, Int64
from sqlfeat.words import listed

Columns = tuple[tuple[str, Expr], ...]


def finish_lists(plan: Plan) -> Plan:
    """Return the plan in which VALUE_COUNTS over a window is counted in the list of the values there, a
    variance summed up over their differences to the first of them, and in which COLLECT_LIST over a
    window that ends before its row is NULL where the window holds no row.
    """
    return transform_views(plan, _finish)


@dataclass(frozen=True)
class _Made:
    """What a feature is made of: columns over its window, columns of these, and an expression."""

    over: tuple[OverColumn, ...]
    result: Expr
    differences: Columns = ()
    sums: Columns = ()


def _finish(node: Node) -> Node:
    if not isinstance(node, Over) or not any(_is_unfinished(column) for column in node.columns):
        return node
    made = {column.name: _made(column, node) for column in node.columns if _is_unfinished(column)}
    names = listed(list(made))
    over = (made[c.name].over if c.name in made else (c,) for c in node.columns)
    columns = tuple(column for columns in over for column in columns)
    says = f"{node.step.says.removesuffix('.')}, the values of {names} in lists."
    below: Node = replace(node, columns=columns, step=Step(node.step.name + "_in_lists", says))
    differences = tuple(column for one in made.values() for column in one.differences)
    if differences:
        says = "How far each value is off the first in its list."
        below = Derive(below, differences, Step(node.step.name + "_off_first", says))
    sums = tuple(column for one in made.values() for column in one.sums)
    if sums:
        says = "How many values there are, and the sums that a variance is made of."
        below = Derive(below, sums, Step(node.step.name + "_summed", says))
    return Derive(below, tuple((name, one.result) for name, one in made.items()), node.step)


def _is_unfinished(column: OverColumn) -> bool:
    if column.call.name == "COLLECT_LIST":
        return column.window.until is not None
    return column.call.name in VARIANCES | {"VALUE_COUNTS"}


def _made(column: OverColumn, node: Over) -> _Made:
    taken = node.schema.names
    if column.call.name == "COLLECT_LIST":
        return _null_if_empty(column, taken)
    return _counted(column, taken) if column.call.name == "VALUE_COUNTS" else _varied(column, taken)


def _counted(column: OverColumn, taken: tuple[str, ...]) -> _Made:
    counted = in_one_form(column.call)
    assert counted.arg is not None
    values = Column(unused(column.name + "_values", taken), Array(type_of(counted.arg)))
    call = replace(counted, name="COLLECT_LIST", type=values.type)
    result = Call("COUNTS_OF_VALUES", (values,), column.call.type)
    return _Made((replace(column, name=values.name, call=call),), result)


def _null_if_empty(column: OverColumn, taken: tuple[str, ...]) -> _Made:
    values = Column(unused(column.name + "_values", taken), column.call.type)
    rows = Column(unused(column.name + "_rows", taken), Int64)
    count = replace(column, name=rows.name, call=AggregateCall("COUNT", None, None, Int64))
    is_there = Call(">", (rows, Literal(0, Int32)), Boolean)
    result = Call("CASE", (is_there, values, Literal(None, values.type)), values.type)
    return _Made((replace(column, name=values.name), count), result)


def _varied(column: OverColumn, taken: tuple[str, ...]) -> _Made:
    def named(what: str) -> str:
        return unused(f"{column.name}_{what}", taken)

    values, off = Column(named("values"), Array(Float64)), Column(named("off"), Array(Float64))
    call = replace(column.call, name="COLLECT_LIST", type=values.type)
    sums = (
        (named("count"), Call("COUNT_OF_LIST", (off,), Int64)),
        (named("sum"), Call("SUM_OF_LIST", (off,), Float64)),
        (named("squares"), Call("SUM_OF_SQUARES", (off,), Float64)),
    )
    result = variance(column.call.name, *(Column(name, expr.type) for name, expr in sums))
    differences = ((off.name, Call("OFF_FIRST", (values,), off.type)),)
    return _Made((replace(column, name=values.name, call=call),), result, differences, sums)
