"""Tell a window that holds no row from one that holds none that counts."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AGGREGATES, AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.rows import Select
from sqlfeat.plan.slide import Slide, SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Int64


def tell_windows_without_rows(plan: Plan) -> Plan:
    """Return the plan in which a list over a smaller window than the largest stands beside how many rows
    that window holds, and is NULL where it holds none. Else it would be an empty list there.
    """
    return transform_views(plan, _tell)


def _tell(node: Node) -> Node:
    if not isinstance(node, Slide):
        return node
    lists = [column for column in node.columns if _is_smaller_list(column, node)]
    sizes = dict.fromkeys(column.size_ms for column in lists)
    if not sizes:
        return node
    taken = [*node.input.schema.names, *node.schema.names]
    counts: dict[int, SlideColumn] = {}
    for column in lists:
        if column.size_ms not in counts:
            name = unused(f"{column.name}_rows", taken)
            counts[column.size_ms] = SlideColumn(
                name, AggregateCall("COUNT", None, None, Int64), column.size_ms
            )
    says = f"The windows, with {', '.join(c.name for c in counts.values())}: how many rows they hold."
    counted = replace(
        node,
        columns=(*node.columns, *counts.values()),
        reach_ms=node.size_ms,
        step=Step(node.step.name + "_counted", says),
    )
    return Select(counted, tuple(_shown(node, lists, counts)), node.time, node.step)


def _is_smaller_list(column: SlideColumn, node: Slide) -> bool:
    row = AGGREGATES.get(column.call.name)
    is_told = column.call.name == "COLLECT_LIST" and row is not None and row.empty
    return is_told and column.size_ms < node.size_ms


def _shown(
    node: Slide, lists: list[SlideColumn], counts: dict[int, SlideColumn]
) -> list[tuple[str, Expr]]:
    sizes = {column.name: column.size_ms for column in lists}
    columns: list[tuple[str, Expr]] = []
    for name, dtype in node.schema:
        value: Expr = Column(name, dtype)
        if name in sizes:
            rows = Call(">", (Column(counts[sizes[name]].name, Int64), Literal(0, Int64)), Boolean)
            value = Call("CASE", (rows, value, Literal(None, dtype)), dtype)
        columns.append((name, value))
    return columns
