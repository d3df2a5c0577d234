"""Each window into a node of its own."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.plan.over import Over
from sqlfeat.plan.walk import nodes_of
from sqlfeat.rewrites.split_over_windows import split_over_windows
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas

TWO_WINDOWS = derived(
    Feature("a", over("n", "SUM")),
    Feature("b", over("n", "SUM", "1 hour")),
    Feature("c", over("*", "COUNT")),
)


def test_before_and_after() -> None:
    made = plan(TWO_WINDOWS)
    assert below_columns(made) == lines("""
        Over
          . columns: a = SUM(n): BIGINT over last_1_minute_by_id
          . columns: b = SUM(n): BIGINT over last_1_hour_by_id
          . columns: c = COUNT(*): BIGINT over last_1_minute_by_id
          events
        """)
    assert below_columns(split_over_windows(made)) == lines("""
        Over
          . columns: b = SUM(n): BIGINT over last_1_hour_by_id
          Over
            . columns: a = SUM(n): BIGINT over last_1_minute_by_id
            . columns: c = COUNT(*): BIGINT over last_1_minute_by_id
            events
        """)


def test_columns_stay() -> None:
    made = plan(TWO_WINDOWS)
    assert schemas(split_over_windows(made)) == schemas(made)


def test_a_step_is_named_after_its_window() -> None:
    (view,) = split_over_windows(plan(TWO_WINDOWS)).views
    steps = [node.step for node in nodes_of(view.node) if isinstance(node, Over)]
    assert [step.name for step in steps] == ["last_1_minute_by_id", "last_1_hour_by_id"]
    assert "with a and c over the rows with its id from 1 minute before" in steps[0].says


def test_a_column_that_is_replaced_is_read_before() -> None:
    """`n` becomes the sum of `n`, and the other window still reads the source's."""
    target = derived(Feature("b", over("n", "MAX", "1 hour")), Feature("n", over("n", "SUM")))
    made = plan(target)
    assert schemas(split_over_windows(made)) == schemas(made)
    (view,) = split_over_windows(made).views
    reading = [node for node in nodes_of(view.node) if isinstance(node, Over)]
    assert [node.columns[0].name for node in reading] == ["b", "n"]


def test_nothing_to_do() -> None:
    for target in (derived(Feature("a", "n")), derived()):
        made = plan(target)
        assert split_over_windows(made) == made


def test_twice_is_once() -> None:
    once = split_over_windows(plan(derived(Feature("a", over("n", "SUM")))))
    assert below_columns(split_over_windows(once)) == below_columns(once)
