"""Lists of values, and what is made of them."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.finish_lists import finish_lists
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas

LISTS = derived(
    Feature("a", over("n", "VALUE_COUNTS")),
    Feature("b", over("n", "COLLECT_LIST", closed="left")),
    Feature("c", over("n", "COLLECT_LIST")),
    Feature("d", over("n", "STDDEV_SAMP", "1 day")),
)


def test_lists() -> None:
    made = plan(LISTS)
    assert below_columns(finish_lists(made)) == lines("""
        Derive
          . columns: a = COUNTS_OF_VALUES(a_values)
          . columns: b = CASE(>(b_rows, 0), b_values, None)
          . columns: d = ROOT(/(-(d_squares, /(*(d_sum, d_sum), d_count)), -(d_count, 1)))
          Derive
            . columns: d_count = COUNT_OF_LIST(d_off)
            . columns: d_sum = SUM_OF_LIST(d_off)
            . columns: d_squares = SUM_OF_SQUARES(d_off)
            Derive
              . columns: d_off = OFF_FIRST(d_values)
              Over
                . columns: a_values = COLLECT_LIST(n): ARRAY<BIGINT> over last_1_minute_by_id
                . columns: b_values = COLLECT_LIST(n): ARRAY<BIGINT> over last_1_minute_before_by_id
                . columns: b_rows = COUNT(*): BIGINT over last_1_minute_before_by_id
                . columns: c = COLLECT_LIST(n): ARRAY<BIGINT> over last_1_minute_by_id
                . columns: d_values = COLLECT_LIST(CAST(n AS DOUBLE)): ARRAY<DOUBLE> over last_1_day_by_id
                events
        """)


@pytest.mark.parametrize("target", [LISTS])
def test_what_a_reader_sees_stays(target: sf.DerivedFeatureView) -> None:
    made = plan(target)
    assert schemas(finish_lists(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("c", over("n", "COLLECT_LIST"))))
    assert finish_lists(made) == made
