"""Windows of several sizes, from the rows of the largest."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.narrow_smaller_windows import narrow_smaller_windows
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas, slide, sliding

SIZES = sliding(
    Feature("a", slide("n", "SUM", "2 minutes")),
    Feature("b", slide("n", "SUM", "5 minutes")),
    Feature("c", slide("n", "SUM", "1 minute", where="n > 1")),
)


def test_before_and_after() -> None:
    made = plan(SIZES)
    assert below_columns(made) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          Slide
            . keys: id
            . columns: a = SUM(n): BIGINT over 120000 ms
            . columns: b = SUM(n): BIGINT over 300000 ms
            . columns: c = SUM(n) where >(n, 1): BIGINT over 60000 ms
            . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
            . time: event_time
            events
        """)
    assert below_columns(narrow_smaller_windows(made)) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          Slide
            . keys: id
            . columns: a = SUM(n) where IN_LAST_OF_WINDOW(event_time, 120000): BIGINT over 300000 ms
            . columns: b = SUM(n): BIGINT over 300000 ms
            . columns: c = SUM(n) where AND(IN_LAST_OF_WINDOW(event_time, 60000), >(n, 1)): BIGINT over 300000 ms
            . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
            . time: event_time
            events
        """)  # noqa: E501


def test_columns_stay() -> None:
    made = plan(SIZES)
    assert schemas(narrow_smaller_windows(made)) == schemas(made)


def test_twice_is_once() -> None:
    once = narrow_smaller_windows(plan(SIZES))
    assert narrow_smaller_windows(once) == once


def test_nothing_to_do() -> None:
    for target in (
        sliding(Feature("a", slide("n", "SUM")), Feature("b", slide("n", "MAX"))),
        derived(Feature("a", over("n", "SUM")), Feature("b", over("n", "SUM", "1 hour"))),
    ):
        made = plan(target)
        assert narrow_smaller_windows(made) == made
