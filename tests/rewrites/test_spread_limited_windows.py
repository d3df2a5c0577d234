"""Variances and counts of values with a limit, from lists of the latest values."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.spread_limited_windows import spread_limited_windows
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

LIMITED = derived(
    Feature("a", over("n", "VAR_POP", "1 day", limit=2, group_by_keys=[])),
    Feature("b", over("n", "VALUE_COUNTS")),
    source=events(schema={"id": sf.String, "n": sf.Float64, "at": sf.String}),
)


def test_limited() -> None:
    made = plan(LIMITED)
    assert below_columns(spread_limited_windows(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: b = b
          . columns: a = /(-(a_squares, /(*(a_sum, a_sum), a_count)), a_count)
          . time: event_time
          Filter
            . predicate: OR(=(a_value_place, 1), IS NULL(a_value_place))
            Over
              . columns: a_count = COUNT(a_off): BIGINT over same_row_by_a_row
              . columns: a_sum = SUM(a_off): DOUBLE over same_row_by_a_row
              . columns: a_squares = SUM(*(a_off, a_off)): DOUBLE over same_row_by_a_row
              Derive
                . columns: a_off = -(a_value, FIRST_IN_ARRAY(a_values))
                Spread
                  . array: a_values
                  . value: a_value
                  . place: a_value_place
                  Over
                    . columns: a_row = COUNT(*): BIGINT over rows_so_far
                    Over
                      . columns: a_values = COLLECT_LIST(n) of the latest 2: ARRAY<DOUBLE> over last_1_day
                      Over
                        . columns: b = VALUE_COUNTS(n): MAP<DOUBLE, BIGINT> over last_1_minute_by_id
                        events
        """)


def test_what_a_reader_sees_stays() -> None:
    made = plan(LIMITED)
    assert schemas(spread_limited_windows(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "SUM", limit=2))))
    assert spread_limited_windows(made) == made
