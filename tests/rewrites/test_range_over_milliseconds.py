"""Windows of days, measured in milliseconds."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.plan.over import Over, Window
from sqlfeat.plan.show import expression
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of
from sqlfeat.rewrites.range_over_milliseconds import range_over_milliseconds
from sqlfeat.types import Int64
from tests.rewrites.plans import derived, over, plan, schemas, slide, sliding

WINDOWS = derived(
    Feature("a", over("n", "SUM", "1 day")),
    Feature("b", over("n", "SUM", "23 hours")),
    Feature("c", over("n", "SUM", None)),
    Feature("d", over("n", "SUM", "25 hours")),
)


def frames(made: Plan) -> dict[str, tuple[str, object]]:
    """Return what each window is ordered by, and how far it reaches back."""
    windows: dict[str, Window] = {}
    for node in nodes_of(made.views[0].node):
        if isinstance(node, Over):
            windows.update((column.name, column.window) for column in node.columns)
    return {
        name: (expression(window.order), window.reach and expression(window.reach))
        for name, window in windows.items()
    }


def test_before_and_after() -> None:
    made = plan(WINDOWS)
    assert frames(made) == {
        "a": ("event_time", "86400000"),
        "b": ("event_time", "82800000"),
        "c": ("event_time", None),
        "d": ("event_time", "90000000"),
    }
    assert frames(range_over_milliseconds(made)) == {
        "a": ("MILLIS_OF_INSTANT(event_time)", "86400000"),
        "b": ("event_time", "82800000"),
        "c": ("event_time", None),
        "d": ("MILLIS_OF_INSTANT(event_time)", "90000000"),
    }


def test_the_reach_becomes_a_number() -> None:
    (view,) = range_over_milliseconds(plan(derived(Feature("a", over("n", "SUM", "2 days"))))).views
    windows = [node.windows[0] for node in nodes_of(view.node) if isinstance(node, Over)]
    assert [window.reach.type for window in windows if window.reach is not None] == [Int64]


def test_columns_stay() -> None:
    made = plan(WINDOWS)
    assert schemas(range_over_milliseconds(made)) == schemas(made)


def test_nothing_to_do() -> None:
    for target in (
        derived(Feature("a", over("n", "SUM", "23 hours"))),
        sliding(Feature("a", slide("n", "SUM", "2 days", "1 day"))),
    ):
        made = plan(target)
        assert range_over_milliseconds(made) == made
