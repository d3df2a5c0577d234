"""Variances and counts of values, from lists that are taken apart."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.spread_windows import spread_windows
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

FLOATS = events(schema={"id": sf.String, "n": sf.Float64, "at": sf.String})
VARIANCE = derived(Feature("a", over("n", "VAR_SAMP", group_by_keys=[])), source=FLOATS)
COUNTS_OF_VALUES = derived(Feature("c", over("id", "VALUE_COUNTS")), Feature("d", over("n", "SUM")))


def test_variance() -> None:
    made = plan(VARIANCE)
    assert below_columns(spread_windows(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = /(-(a_squares, /(*(a_sum, a_sum), a_count)), -(a_count, 1))
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
                      . columns: a_values = COLLECT_LIST(n): ARRAY<DOUBLE> over last_1_minute
                      events
        """)


def test_counts_of_values() -> None:
    made = plan(COUNTS_OF_VALUES)
    assert below_columns(spread_windows(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: d = d
          . columns: c = CASE(IS NOT NULL(c_value_place), MAP_FROM_ARRAYS(c_keys, c_counts), None)
          . time: event_time
          Filter
            . predicate: OR(=(c_value_place, 1), IS NULL(c_value_place))
            Over
              . columns: c_keys = COLLECT_LIST(c_value): ARRAY<STRING> over same_row_by_id_and_c_row
              . columns: c_counts = COLLECT_LIST(c_count): ARRAY<BIGINT> over same_row_by_id_and_c_row
              Derive
                . columns: c_count = COUNT_IN_ARRAY(c_values, c_value)
                Spread
                  . array: ARRAY_DISTINCT(c_values)
                  . value: c_value
                  . place: c_value_place
                  Over
                    . columns: c_row = COUNT(*): BIGINT over rows_so_far_by_id
                    Over
                      . columns: c_values = COLLECT_LIST(id): ARRAY<STRING> over last_1_minute_by_id
                      Over
                        . columns: d = SUM(n): BIGINT over last_1_minute_by_id
                        events
        """)


@pytest.mark.parametrize("target", [VARIANCE, COUNTS_OF_VALUES])
def test_what_a_reader_sees_stays(target: sf.DerivedFeatureView) -> None:
    made = plan(target)
    assert schemas(spread_windows(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "AVG"))))
    assert spread_windows(made) == made
