"""No more than the latest rows of a window, counted in rows."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.keep_latest_rows import keep_latest_rows
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas

ROWS_THAT_MATCH = derived(Feature("a", over("n", "SUM", limit=2, filter_expr="n > 1")))
NUMBER_OF_ROWS = derived(Feature("b", over("*", "COUNT", limit=3)))
ALL_ROWS_SO_FAR = derived(
    Feature("c", over("n + 1", "MAX", None, limit=1, tie_breaker="id")),
    Feature("d", over("n", "SUM")),
)


def test_rows_that_match() -> None:
    made = plan(ROWS_THAT_MATCH)
    assert below_columns(keep_latest_rows(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = CASE(>(a_rows, 2), FIRST_IN_ARRAY(a_carried), a_whole)
          . time: event_time
          Over
            . columns: a_whole = SUM(n) where a_counts: BIGINT over last_1_minute_by_id
            . columns: a_rows = COUNT(*) where a_counts: BIGINT over last_1_minute_by_id
            Over
              . columns: a_carried = LAST_VALUE(a_held), ties by a_place: ARRAY<BIGINT> over so_far_by_id
              Derive
                . columns: a_held = CASE(a_counts, IN_ARRAY(a_of_latest), None)
                Over
                  . columns: a_of_latest = SUM(n): BIGINT over latest_2_by_id_and_a_counts
                  . columns: a_place = COUNT(*): BIGINT over in_order_by_id_and_a_counts
                  Derive
                    . columns: a_counts = IS TRUE(>(n, 1))
                    events
        """)


def test_number_of_rows() -> None:
    made = plan(NUMBER_OF_ROWS)
    assert below_columns(keep_latest_rows(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: b = CASE(>(b_rows, 3), 3, b_rows)
          . time: event_time
          Over
            . columns: b_rows = COUNT(*): BIGINT over last_1_minute_by_id
            events
        """)


def test_all_rows_so_far() -> None:
    made = plan(ALL_ROWS_SO_FAR)
    assert below_columns(keep_latest_rows(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: d = d
          . columns: c = FIRST_IN_ARRAY(c_carried)
          . time: event_time
          Over
            . columns: c_carried = LAST_VALUE(c_held), ties by c_place: ARRAY<BIGINT> over so_far_by_id
            Derive
              . columns: c_held = IN_ARRAY(c_of_latest)
              Over
                . columns: c_of_latest = MAX(c_value), ties by id: BIGINT over latest_1_by_id
                . columns: c_place = COUNT(*): BIGINT over in_order_by_id
                Derive
                  . columns: c_value = +(n, 1)
                  Over
                    . columns: d = SUM(n): BIGINT over last_1_minute_by_id
                    events
        """)


@pytest.mark.parametrize("target", [ROWS_THAT_MATCH, NUMBER_OF_ROWS, ALL_ROWS_SO_FAR])
def test_what_a_reader_sees_stays(target: sf.DerivedFeatureView) -> None:
    made = plan(target)
    assert schemas(keep_latest_rows(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "SUM"))))
    assert keep_latest_rows(made) == made
