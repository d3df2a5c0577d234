"""Sliding windows by the number of the window among those that hold a row."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.narrow_smaller_windows import narrow_smaller_windows
from sqlfeat.rewrites.number_windows_of_rows import number_windows_of_rows
from sqlfeat.rewrites.rank_rows_of_windows import rank_rows_of_windows
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas, slide, sliding

MINUTES = sliding(
    Feature("a", slide("n", "SUM", "1 minute", where="n > 1")),
    Feature("b", slide("n", "SUM", "2 minutes")),
)
DAYS = sliding(Feature("a", slide("n", "SUM", "2 days", "2 days")))


def test_real_time_before_and_after() -> None:
    made = narrow_smaller_windows(plan(MINUTES))
    assert "Slide" in below_columns(made)
    assert below_columns(number_windows_of_rows(made)) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          GroupByWindow
            . keys: id
            . end: window_end
            . columns: a = SUM(n) where AND(IN_LAST_OF_WINDOW(event_time, 60000), >(n, 1)): BIGINT over 120000 ms
            . columns: b = SUM(n): BIGINT over 120000 ms
            . time: event_time
            Derive
              . columns: window_end = WINDOW_END(event_time, window_number, 60000, 0)
              RepeatRows
                . count: 2
                . number: window_number
                events
        """)  # noqa: E501


def test_days_of_one_window_need_no_numbers() -> None:
    assert below_columns(number_windows_of_rows(plan(DAYS, "Europe/Paris"))) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          GroupByWindow
            . keys: id
            . end: window_end
            . columns: a = SUM(n): BIGINT over 172800000 ms
            . time: event_time
            Derive
              . columns: window_end = WINDOW_MIDNIGHT(event_time, 1, 2)
              events
        """)


def test_rows_that_are_ranked_have_the_whole_window() -> None:
    made = rank_rows_of_windows(plan(sliding(Feature("a", slide("n", "COLLECT_LIST")))))
    assert "HopOfRows" in below_columns(made)
    assert lines("""
              Derive
                . columns: window_start = PLUS(window_end, -120000)
                . columns: window_time = PLUS(window_end, -1)
                Derive
                  . columns: window_end = WINDOW_END(event_time, window_number, 60000, 0)
                  RepeatRows
        """).strip() in "\n".join(
        line[6:] for line in below_columns(number_windows_of_rows(made)).split("\n")
    )


def test_columns_stay_and_other_windows_too() -> None:
    for target in (MINUTES, DAYS):
        assert schemas(number_windows_of_rows(plan(target))) == schemas(plan(target))
    made = plan(derived(Feature("total", over("n", "SUM"))))
    assert number_windows_of_rows(made) == made
