"""Aggregates that a dialect has no words for yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlfeat.errors import Problem
from sqlfeat.plan.over import Over
from sqlfeat.plan.slide import Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of

UNSAID = frozenset(
    "COUNT_DISTINCT STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP ROW_NUMBER COLLECT_LIST VALUE_COUNTS".split()
)

ARRAYS = frozenset({"COLLECT_LIST", "VALUE_COUNTS"})


def unsaid_options(plan: Plan) -> Iterator[Problem]:
    """Yield the windows whose limit or tie_breaker is not rendered yet."""
    for view in plan.views:
        for node in nodes_of(view.node):
            for column in node.columns if isinstance(node, Over) else ():
                if column.call.limit is not None or column.call.tie_breaker is not None:
                    fault = "a limit or a tie_breaker is not rendered for this engine yet."
                    yield Problem(view.name, column.name, fault)


def unsaid_aggregates(plan: Plan, over: Collection[str], sliding: Collection[str]) -> Iterator[Problem]:
    """Yield the aggregates that are not rendered yet: over windows, and in sliding windows."""
    for view in plan.views:
        for node in nodes_of(view.node):
            names = over if isinstance(node, Over) else sliding
            for column in node.columns if isinstance(node, Over | Slide) else ():
                if column.call.name in names:
                    fault = f"{column.call.name} is not rendered for this engine yet."
                    yield Problem(view.name, column.name, fault)
