"""What a plan leaves to the engine, said before it runs."""

from __future__ import annotations

from sqlfeat.errors import Problem
from sqlfeat.plan.join import AsOfJoin
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of


def warnings_of(plan: Plan) -> tuple[Problem, ...]:
    """Return a warning for each join whose ties are left to the engine."""
    found: list[Problem] = []
    for view in plan.views:
        for node in nodes_of(view.node):
            if isinstance(node, AsOfJoin) and node.tie_breaker is None and node.valid_for is None:
                table = next(below.name for below in nodes_of(node.right) if isinstance(below, Ref))
                features = ", ".join(column.name for column in node.columns)
                found.append(
                    Problem(
                        view.name,
                        features,
                        f"rows of {table} that tie in key and time are left to the engine:",
                        "one takes the last to arrive, another the greatest values. Name a tie_breaker.",
                    )
                )
    return tuple(found)
