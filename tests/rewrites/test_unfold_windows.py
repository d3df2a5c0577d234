"""Sliding windows as a row for each window that holds it."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.narrow_smaller_windows import narrow_smaller_windows
from sqlfeat.rewrites.unfold_windows import unfold_windows
from tests.rewrites.plans import (
    TIME,
    below_columns,
    derived,
    lines,
    over,
    plan,
    schemas,
    slide,
    sliding,
)

MINUTES = sliding(
    Feature("a", slide("n", "SUM", "1 minute", where="n > 1")),
    Feature("b", slide("n", "SUM", "5 minutes")),
)
DAYS = sliding(
    Feature("a", slide("n", "SUM", "2 days", "2 days")),
    Feature("b", slide("n", "SUM", "4 days", "2 days")),
)


def test_real_time_before_and_after() -> None:
    made = narrow_smaller_windows(plan(MINUTES))
    assert "Slide" in below_columns(made)
    assert below_columns(unfold_windows(made)) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          GroupByWindow
            . keys: id
            . end: window_end
            . columns: a = SUM(n) where AND(>=(event_time, PLUS(window_end, -60000)), >(n, 1)): BIGINT over 300000 ms
            . columns: b = SUM(n): BIGINT over 300000 ms
            . time: event_time
            TimeWindowsOfRows
              . size_ms: 300000
              . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
              . end: window_end
              events
        """)  # noqa: E501


def test_days_before_and_after() -> None:
    made = narrow_smaller_windows(plan(DAYS, "Europe/Paris"))
    assert "CalendarSteps(days=2)" in below_columns(made)
    assert below_columns(unfold_windows(made)) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          GroupByWindow
            . keys: id
            . end: window_end
            . columns: a = SUM(n) where IN_LAST_DAYS(event_time, window_end, 2): BIGINT over 345600000 ms
            . columns: b = SUM(n): BIGINT over 345600000 ms
            . time: event_time
            DayWindowsOfRows
              . size_days: 4
              . step_days: 2
              . end: window_end
              events
        """)


def test_columns_stay() -> None:
    for target in (MINUTES, DAYS):
        made = narrow_smaller_windows(plan(target))
        assert schemas(unfold_windows(made)) == schemas(made)


def test_the_end_takes_no_name_that_is_there() -> None:
    schema = {"id": sf.String, "Window_End": sf.Int64, "at": sf.String}
    source = sf.FileSystemSource("events", path="e.json", schema=schema, **TIME)
    made = plan(sliding(Feature("a", slide("Window_End", "SUM")), source=source))
    assert ". end: window_end_" in below_columns(unfold_windows(made))


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "SUM"))))
    assert unfold_windows(made) == made
