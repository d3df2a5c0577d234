"""Sums and means of DOUBLEs, from sums of their digits."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.keep_latest_rows import keep_latest_rows
from sqlfeat.rewrites.sum_in_digits import sum_in_digits
from sqlfeat.rewrites.vary_around_first import vary_around_first
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

FLOATS = events(schema={"id": sf.String, "n": sf.Float64, "at": sf.String})
WITHOUT_KEYS = {"group_by_keys": []}
INTS = events(schema={"id": sf.String, "n": sf.Int32, "at": sf.String})
SUM_AND_MEAN = derived(
    Feature("a", over("n", "SUM", **WITHOUT_KEYS)),
    Feature("b", over("n", "AVG", **WITHOUT_KEYS)),
    Feature("c", over("n", "MAX", **WITHOUT_KEYS)),
    source=FLOATS,
)
SOME = derived(Feature("a", over("n * 2", "SUM", filter_expr="n > 1", **WITHOUT_KEYS)), source=FLOATS)
MEAN_OF_WHOLE_NUMBERS = derived(Feature("a", over("n", "AVG", **WITHOUT_KEYS)))
LATEST = derived(Feature("a", over("n", "SUM", limit=2)), source=FLOATS)


def test_sum_and_mean() -> None:
    made = plan(SUM_AND_MEAN)
    assert below_columns(sum_in_digits(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = +(+(CAST(a_whole AS DOUBLE), CAST(a_fraction AS DOUBLE)), a_beyond)
          . columns: b = /(+(+(CAST(a_whole AS DOUBLE), CAST(a_fraction AS DOUBLE)), a_beyond), b_count)
          . columns: c = c
          . time: event_time
          Over
            . columns: c = MAX(n): DOUBLE over last_1_minute
            . columns: a_whole = SUM(WHOLE_DIGITS(a_near)): DECIMAL(38, 0) over last_1_minute
            . columns: a_fraction = SUM(DIGITS_OF_FRACTION(a_near)): DECIMAL(38, 28) over last_1_minute
            . columns: a_beyond = SUM(CASE(IS NULL(a_near), n, None)): DOUBLE over last_1_minute
            . columns: b_count = COUNT(n): BIGINT over last_1_minute
            Derive
              . columns: a_near = IF_IN_DIGITS(n)
              events
        """)


def test_values_that_are_computed_and_chosen() -> None:
    made = plan(SOME)
    assert below_columns(sum_in_digits(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = +(+(CAST(a_whole AS DOUBLE), CAST(a_fraction AS DOUBLE)), a_beyond)
          . time: event_time
          Over
            . columns: a_whole = SUM(WHOLE_DIGITS(a_near)): DECIMAL(38, 0) over last_1_minute
            . columns: a_fraction = SUM(DIGITS_OF_FRACTION(a_near)): DECIMAL(38, 28) over last_1_minute
            . columns: a_beyond = SUM(CASE(IS NULL(a_near), a_value, None)): DOUBLE over last_1_minute
            Derive
              . columns: a_near = IF_IN_DIGITS(a_value)
              Derive
                . columns: a_value = CASE(>(n, 1), *(n, 2), None)
                events
        """)


def test_mean_of_whole_numbers() -> None:
    made = plan(MEAN_OF_WHOLE_NUMBERS)
    assert below_columns(sum_in_digits(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: a = /(CAST(a_sum AS DOUBLE), a_count)
          . time: event_time
          Over
            . columns: a_sum = SUM(CAST(n AS DECIMAL(38, 0))): DECIMAL(38, 0) over last_1_minute
            . columns: a_count = COUNT(n): BIGINT over last_1_minute
            events
        """)


@pytest.mark.parametrize("target", [SUM_AND_MEAN, SOME, MEAN_OF_WHOLE_NUMBERS])
def test_what_a_reader_sees_stays(target: sf.DerivedFeatureView) -> None:
    made = plan(target)
    assert schemas(sum_in_digits(made)) == schemas(made)


def test_windows_that_are_counted_in_rows() -> None:
    made = keep_latest_rows(plan(LATEST))
    assert "SUM(WHOLE_DIGITS(a_of_latest_near))" in below_columns(sum_in_digits(made))


@pytest.mark.parametrize(
    ("feature", "source"),
    [
        (Feature("a", over("n", "SUM", None)), FLOATS),
        (Feature("a", over("n", "MAX")), FLOATS),
        (Feature("a", over("n", "SUM")), events()),
        (Feature("a", over("n", "AVG")), INTS),
    ],
)
def test_nothing_to_do(feature: Feature, source: sf.FileSystemSource) -> None:
    made = plan(derived(feature, source=source))
    assert sum_in_digits(made) == made


def test_rows_that_leave_no_window_stay() -> None:
    made = vary_around_first(plan(derived(Feature("a", over("n", "VAR_POP", None)), source=FLOATS)))
    assert sum_in_digits(made) == made
