"""Going through a plan, and changing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlfeat.plan.base import Node
from sqlfeat.plan.tables import Plan


def nodes_of(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, inputs first."""
    for below in node.inputs:
        yield from nodes_of(below)
    yield node


def transform(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the node with `change` applied to each node, inputs first."""
    return change(node.with_inputs(lambda below: transform(below, change)))


def transform_views(plan: Plan, change: Callable[[Node], Node]) -> Plan:
    """Return the plan with `change` applied to each node of each view."""
    views = tuple(replace(view, node=transform(view.node, change)) for view in plan.views)
    return replace(plan, views=views)
