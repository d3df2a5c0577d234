"""A list over a smaller window, and whether that window holds rows."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.tell_windows_without_rows import tell_windows_without_rows
from tests.rewrites.plans import below_columns, lines, plan, schemas, slide, sliding

LISTS = sliding(
    Feature("a", slide("n", "COLLECT_LIST", "1 minute")),
    Feature("b", slide("n", "COLLECT_LIST")),
    Feature("c", slide("n", "SUM", "1 minute")),
)


def test_before_and_after() -> None:
    assert below_columns(tell_windows_without_rows(plan(LISTS))) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          Select
            . columns: id = id
            . columns: event_time = event_time
            . columns: a = CASE(>(a_rows, 0), a, None)
            . columns: b = b
            . columns: c = c
            . time: event_time
            Slide
              . keys: id
              . columns: a = COLLECT_LIST(n): ARRAY<BIGINT> over 60000 ms
              . columns: b = COLLECT_LIST(n): ARRAY<BIGINT> over 120000 ms
              . columns: c = SUM(n): BIGINT over 60000 ms
              . columns: a_rows = COUNT(*): BIGINT over 60000 ms
              . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
              . time: event_time
              . reach_ms: 120000
              events
        """)


def test_columns_stay() -> None:
    made = plan(LISTS)
    assert schemas(tell_windows_without_rows(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(sliding(Feature("a", slide("n", "SUM"))))
    assert tell_windows_without_rows(made) == made
