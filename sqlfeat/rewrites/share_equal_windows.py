"""Let features share a window that holds the same rows for each of them."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.plan.base import Node
from sqlfeat.plan.over import Over, Window
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views


def share_equal_windows(plan: Plan) -> Plan:
    """Return the plan in which windows of a step that hold the same rows, such as an hour without its
    start and an hour less a millisecond, are one: an engine may refuse a second of the kind.
    """
    return transform_views(plan, _shared)


def _shared(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    first: dict[object, Window] = {}
    columns = tuple(
        replace(column, window=first.setdefault(_rows_of(column.window), column.window))
        for column in node.columns
    )
    return replace(node, columns=columns)


def _rows_of(window: Window) -> object:
    """Return what says which rows a window holds, whatever it is called."""
    return window.keys, window.order, window.reach, window.until, window.unit, window.by
