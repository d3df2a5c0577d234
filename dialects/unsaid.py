"""Aggregates that a dialect has no words for yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlfeat.errors import Problem
from sqlfeat.plan.join import AsOfJoin
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


def unsaid_joins(plan: Plan) -> Iterator[Problem]:
    """Yield the joins of what was known, which are not rendered yet."""
    for view in plan.views:
        for node in nodes_of(view.node):
            if isinstance(node, AsOfJoin) and node.known_at is not None:
                names = ", ".join(column.name for column in node.columns)
                fault = f"known_at={node.known_at!r} is not rendered for this engine yet."
                yield Problem(view.name, names, fault, "Leave it out.")


def unsaid_ends(plan: Plan) -> Iterator[Problem]:
    """Yield the lists, counts of values and limits of windows that end before a row."""
    for view in plan.views:
        for node in nodes_of(view.node):
            for column in node.columns if isinstance(node, Over) else ():
                call, window = column.call, column.window
                is_list = call.name in ("COLLECT_LIST", "VALUE_COUNTS") or call.limit is not None
                if window.until is not None and is_list:
                    fault = (
                        f"{call.name} with closed={window.closed!r} is not rendered for this engine yet."
                    )
                    yield Problem(view.name, column.name, fault, "Close the end at the row's own time.")
