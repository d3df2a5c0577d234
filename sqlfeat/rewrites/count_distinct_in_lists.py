"""Count the different values of a window in a list of them."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column, Expr, type_of
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.ranked_windows import LatestOfWindow
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.plan.windows_of_rows import GroupByWindow
from sqlfeat.rewrites.recency import both, known
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Array, Int64
from sqlfeat.words import listed


def count_distinct_in_lists(plan: Plan) -> Plan:
    """Return the plan in which no aggregate over a window, or over rows that are ranked in one, is
    COUNT_DISTINCT: the values are put in a list, and those that differ in it are counted.
    """
    return transform_views(plan, _count)


def _count(node: Node) -> Node:
    if isinstance(node, Over):
        return _over(node)
    if isinstance(node, GroupByWindow) and isinstance(node.input, LatestOfWindow):
        return replace(node, columns=tuple(map(_in_group, node.columns)))
    return node


def _in_group(column: SlideColumn) -> SlideColumn:
    call = column.call
    if call.name != "COUNT_DISTINCT":
        return column
    where = both(call.where, known(call))
    return replace(column, call=replace(call, name="DISTINCT_IN_LIST", where=where))


def _over(node: Over) -> Node:
    taken = list(node.schema.names)
    columns: list[OverColumn] = []
    counts: list[tuple[str, Expr]] = []
    for column in node.columns:
        if column.call.name != "COUNT_DISTINCT" or column.call.arg is None:
            columns.append(column)
            continue
        values = Column(unused(column.name + "_values", taken), Array(type_of(column.call.arg)))
        taken.append(values.name)
        call = replace(column.call, name="COLLECT_IN_ANY_ORDER", type=values.type)
        columns.append(replace(column, name=values.name, call=call))
        counts.append((column.name, Call("COUNT_OF_DISTINCT", (values,), Int64)))
    if not counts:
        return node
    names = listed([name for name, _ in counts])
    says = f"{node.step.says.removesuffix('.')}, the values of {names} in lists."
    lists = replace(node, columns=tuple(columns), step=Step(node.step.name + "_in_lists", says))
    return Derive(lists, tuple(counts), node.step)
