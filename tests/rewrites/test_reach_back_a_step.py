"""Windows that have just emptied are found by windows that reach back a step further."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.narrow_smaller_windows import narrow_smaller_windows
from sqlfeat.rewrites.reach_back_a_step import reach_back_a_step
from tests.rewrites.plans import below_columns, lines, plan, schemas, slide, sliding

EMPTIED = sliding(
    Feature("a", slide("n", "SUM", "2 minutes")),
    Feature("b", slide("n", "SUM", "5 minutes")),
    enable_empty_window_output=True,
)


def test_before_and_after() -> None:
    made = plan(EMPTIED)
    before = below_columns(made)
    assert "    . emptied: True\n" in before
    assert "reach_ms" not in before
    after = below_columns(reach_back_a_step(made))
    assert after == before.replace("    . emptied: True\n", "    . reach_ms: 360000\n")


def test_no_aggregate_counts_what_was_added() -> None:
    after = below_columns(narrow_smaller_windows(reach_back_a_step(plan(EMPTIED))))
    assert after == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          Slide
            . keys: id
            . columns: a = SUM(n) where IN_LAST_OF_WINDOW(event_time, 120000): BIGINT over 360000 ms
            . columns: b = SUM(n) where IN_LAST_OF_WINDOW(event_time, 300000): BIGINT over 360000 ms
            . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
            . time: event_time
            . reach_ms: 360000
            events
        """)


def test_columns_stay() -> None:
    made = plan(EMPTIED)
    assert schemas(reach_back_a_step(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(sliding(Feature("a", slide("n", "SUM"))))
    assert reach_back_a_step(made) == made
