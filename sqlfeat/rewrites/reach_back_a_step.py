"""Find out which windows have just emptied: let windows reach back to the rows of the one before."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.plan.base import Node
from sqlfeat.plan.slide import Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views


def reach_back_a_step(plan: Plan) -> Plan:
    """Return the plan in which windows with a row for a key that has just left them reach back a step
    further. Such a window holds a row exactly if it or the one before it did; the aggregates, each of
    its own size, do not count what was added.
    """
    return transform_views(plan, _reach_back)


def _reach_back(node: Node) -> Node:
    if not isinstance(node, Slide) or not node.emptied:
        return node
    return replace(node, emptied=False, reach_ms=node.size_ms + node.steps.step_ms)
