"""The variance of all rows so far, from sums."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.vary_around_first import vary_around_first
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

FLOATS = events(schema={"id": sf.String, "n": sf.Float64, "at": sf.String})
VARIANCE = derived(
    Feature("a", over("n", "VAR_SAMP", None)), Feature("b", over("n", "SUM")), source=FLOATS
)
DEVIATION = derived(Feature("a", over("n", "STDDEV_POP", None, filter_expr="n > 1")), source=FLOATS)


def test_variance() -> None:
    made = plan(VARIANCE)
    assert below_columns(vary_around_first(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: b = b
          . columns: a = /(-(a_squares, /(*(a_sum, a_sum), a_count)), -(a_count, 1))
          . time: event_time
          Over
            . columns: a_count = COUNT(a_off): BIGINT over all_so_far_by_id
            . columns: a_sum = SUM(a_off): DOUBLE over all_so_far_by_id
            . columns: a_squares = SUM(*(a_off, a_off)): DOUBLE over all_so_far_by_id
            Derive
              . columns: a_off = -(n, a_first)
              Over
                . columns: a_first = FIRST_VALUE(n): DOUBLE over so_far_by_id
                Over
                  . columns: b = SUM(n): DOUBLE over last_1_minute_by_id
                  events
        """)


def test_deviation() -> None:
    made = plan(DEVIATION)
    assert below_columns(vary_around_first(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = ROOT(/(-(a_squares, /(*(a_sum, a_sum), a_count)), a_count))
          . time: event_time
          Over
            . columns: a_count = COUNT(a_off): BIGINT over all_so_far_by_id
            . columns: a_sum = SUM(a_off): DOUBLE over all_so_far_by_id
            . columns: a_squares = SUM(*(a_off, a_off)): DOUBLE over all_so_far_by_id
            Derive
              . columns: a_off = CASE(>(n, 1), -(n, a_first), None)
              Over
                . columns: a_first = FIRST_VALUE(n) where >(n, 1): DOUBLE over so_far_by_id
                events
        """)


@pytest.mark.parametrize("target", [VARIANCE, DEVIATION])
def test_what_a_reader_sees_stays(target: sf.DerivedFeatureView) -> None:
    made = plan(target)
    assert schemas(vary_around_first(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "VAR_POP"))))
    assert vary_around_first(made) == made
