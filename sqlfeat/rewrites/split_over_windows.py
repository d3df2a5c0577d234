"""Put each window of an Over into a node of its own, one on top of the other."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, Window, windows_in_words
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views


def split_over_windows(plan: Plan) -> Plan:
    """Return the plan in which every Over has one window. The rows stay the same."""
    return transform_views(plan, _split)


def _split(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    result = node.input
    for window in node.windows:
        columns = tuple(column for column in node.columns if column.window == window)
        result = Over(result, columns, _step(node, window))
    return result


def _step(node: Over, window: Window) -> Step:
    """Name the step after its window, so that a new window leaves the others' lines alone."""
    if len(node.windows) == 1 and not node.step.name.startswith("with_windows"):
        return node.step
    columns = [column for column in node.columns if column.window == window]
    subject = node.step.says.split(", with ")[0]
    is_general = node.step.name.startswith("with_windows")
    suffix = node.step.name.removeprefix("with_windows") if is_general else "_for_" + node.step.name
    says = f"{subject}, with {windows_in_words(columns)}."
    return replace(node.step, name=window.name + suffix, says=says)
