"""Aggregates that a dialect has no words for yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlfeat.errors import Problem
from sqlfeat.plan.over import Over
from sqlfeat.plan.slide import Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of


def unsaid_aggregates(plan: Plan, over: Collection[str], sliding: Collection[str]) -> Iterator[Problem]:
    """Yield the aggregates that are not rendered yet: over windows, and in sliding windows."""
    for view in plan.views:
        for node in nodes_of(view.node):
            names = over if isinstance(node, Over) else sliding
            for column in node.columns if isinstance(node, Over | Slide) else ():
                if column.call.name in names:
                    fault = f"{column.call.name} is not rendered for this engine yet."
                    yield Problem(view.name, column.name, fault)
