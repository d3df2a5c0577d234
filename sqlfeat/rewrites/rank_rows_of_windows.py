"""Compute what depends on the order of a window's rows, or on their values, from ranked rows."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from sqlfeat.expr.nodes import Column
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.ranked_windows import HopOfRows, SameWindowJoin
from sqlfeat.plan.slide import Slide, SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.versions import LEFT, RIGHT
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.ranking import OrderOfRows, counted_values, from_ranked_rows, order_of_rows
from sqlfeat.rewrites.stamp_first_and_last import is_stamped


def rank_rows_of_windows(plan: Plan) -> Plan:
    """Return the plan in which each aggregate of a sliding window that has a limit, or gives a list, a
    map, or the first or last of values that have no text, is computed from rows that are ranked in
    each window. Aggregates of one order share them; those of several orders, and the plain ones, are
    joined by key and window.
    """
    return transform_views(plan, _rank)


def _is_ranked(column: SlideColumn) -> bool:
    call = column.call
    if call.limit is not None or call.name in ("COLLECT_LIST", "VALUE_COUNTS"):
        return True
    return call.name in ("FIRST_VALUE", "LAST_VALUE") and not is_stamped(call)


def _rank(node: Node) -> Node:
    if not isinstance(node, Slide) or not any(map(_is_ranked, node.columns)):
        return node
    groups: dict[object, list[SlideColumn]] = {}
    for column in node.columns:
        groups.setdefault(_group_of(column, node), []).append(column)
    says = "Each row once for each window that holds it."
    rows = HopOfRows(node.input, node.size_ms, node.steps, Step(f"rows_of_{node.step.name}", says))
    several = len(groups) > 1
    parts = [_part(group, columns, rows, node, several) for group, columns in groups.items()]
    return reduce(lambda left, right: _joined(left, right, node), parts)


def _group_of(column: SlideColumn, node: Slide) -> object:
    """Return what columns have in common that are computed together; plain ones have None."""
    if not _is_ranked(column):
        return None
    return column.name if column.call.name == "VALUE_COUNTS" else order_of_rows(column.call, node)


def _part(group: object, columns: list[SlideColumn], rows: HopOfRows, node: Slide, several: bool) -> Node:
    names = [column.name for column in columns]
    base = node.step.name
    name = f"{base}_with_{names[0]}" + ("_and_more" if len(names) > 1 else "")
    listed = ", ".join(names)
    if group is None:
        step = Step(name, f"{listed}, which any order of the rows gives.")
        return replace(node, columns=tuple(columns), reach_ms=node.size_ms, step=step)
    step = Step(name, f"{listed} of each window, from these rows.") if several else node.step
    if isinstance(group, OrderOfRows):
        return from_ranked_rows(group, columns, rows, node, step)
    return counted_values(columns[0], rows, node, step)


def _joined(left: Node, right: Node, node: Slide) -> Node:
    before, added = left.schema, right.schema
    names = [name for name in node.schema.names if name in before or name in added]
    columns = tuple(
        Column(name, before[name], LEFT) if name in before else Column(name, added[name], RIGHT)
        for name in names
    )
    step = node.step
    if len(names) < len(node.schema.names):
        says = f"The same windows, with {added.names[-1]}."
        step = Step(f"{node.step.name}_and_{added.names[-1]}", says)
    return SameWindowJoin(left, right, node.keys, node.time, columns, step)
