"""What a dialect cannot do with a SELECT of the definition's own."""

from __future__ import annotations

from collections.abc import Iterator

from sqlfeat.errors import Problem, nearest
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.written import Written


def unwritten(plan: Plan, *dialects: str) -> Iterator[Problem]:
    """Yield the SELECTs that have no text for any of these dialects."""
    for node in _written(plan):
        if node.text_in(dialects) is None:
            given = [str(text.dialect) for text in node.texts]
            near = nearest(dialects[0], given)
            hint = f"Is {near!r} meant for it?" if near else f"It has one for {', '.join(given)}."
            yield Problem(node.view, None, f"its sql has no text for {dialects[0]}.", hint)


def computed_times(plan: Plan) -> Iterator[Problem]:
    """Yield the SELECTs whose rows have a time that is no table's."""
    for node in _written(plan):
        if node.shown is not None and node.time is None:
            yield Problem(
                node.view,
                node.shown,
                "the rows of a SELECT have an event time only if they are rows of one table (no join, "
                "group, DISTINCT, UNION, sub-query) and this column is that table's timestamp_field, of "
                "the same timestamp_format; so in each text of its sql.",
                "Select it from one source, or leave the view's timestamp_field out.",
            )


def _written(plan: Plan) -> Iterator[Written]:
    return (view.node for view in plan.views if isinstance(view.node, Written))
