"""Windows that end before their row, over rows that are put a millisecond later."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.look_before_rows import look_before_rows
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

BEFORE = derived(
    Feature("a", over("n", "SUM", closed="left", filter_expr="n > 1")), Feature("b", over("n", "SUM"))
)
LISTS = derived(
    Feature("a", over("n", "COLLECT_LIST", "1 day", closed="none")),
    Feature("b", over("n", "COUNT", None, closed="left")),
    source=events(schema={"id": sf.String, "n": sf.Int64, "window_time": sf.Int64, "at": sf.String}),
)


def test_before_and_after() -> None:
    assert below_columns(look_before_rows(plan(BEFORE))) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = a
          . columns: b = b
          . time: event_time
          Filter
            . predicate: NOT(a_counts)
            Over
              . columns: a = SUM(n) where AND(a_counts, >(n, 1)): BIGINT over last_1_minute_before_by_id
              AlsoLater
                . columns: id, id
                . columns: n, n
                . columns: at, at
                . columns: event_time, event_time
                . columns: b, b
                . marker: a_counts
                Over
                  . columns: b = SUM(n): BIGINT over last_1_minute_by_id
                  events
        """)


def test_lists() -> None:
    assert below_columns(look_before_rows(plan(LISTS))) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: window_time = window_time
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = CASE(>(a_rows, 0), a, None)
          . columns: b = b
          . time: event_time
          Filter
            . predicate: NOT(a_counts)
            Over
              . columns: a = COLLECT_LIST(n) where a_counts: ARRAY<BIGINT> over within_1_day_before_by_id
              . columns: b = COUNT(n) where a_counts: BIGINT over all_before_by_id
              . columns: a_rows = COUNT(*) where a_counts: BIGINT over within_1_day_before_by_id
              AlsoLater
                . columns: id, id
                . columns: n, n
                . columns: window_time, window_time_of_row
                . columns: at, at
                . columns: event_time, event_time
                . marker: a_counts
                Select
                  . columns: event_time = event_time
                  . columns: id = id
                  . columns: n = n
                  . columns: window_time_of_row = window_time
                  . columns: at = at
                  . time: event_time
                  events
        """)


@pytest.mark.parametrize("target", [BEFORE, LISTS])
def test_what_a_reader_sees_stays(target: sf.DerivedFeatureView) -> None:
    made = plan(target)
    assert schemas(look_before_rows(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "SUM", closed="right"))))
    assert look_before_rows(made) == made
