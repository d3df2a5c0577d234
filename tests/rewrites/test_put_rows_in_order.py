"""Rows of one time in order, below what goes by their arrival."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.keep_latest_rows import keep_latest_rows
from sqlfeat.rewrites.put_rows_in_order import put_rows_in_order
from sqlfeat.rewrites.spread_limited_windows import spread_limited_windows
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

TIED = derived(Feature("a", over("n", "LAST_VALUE", tie_breaker="id")), Feature("c", over("n", "SUM")))
LISTED = derived(Feature("b", over("n + 1", "COLLECT_LIST")))


def test_a_tie_breaker() -> None:
    assert below_columns(put_rows_in_order(plan(TIED))) == lines("""
        Over
          . columns: a = LAST_VALUE(n): BIGINT over last_1_minute_by_id
          RowsInOrder
            . keys: id
            . by: id
            . by: n
            . columns: id, id
            . columns: n, n
            . columns: at, at
            . columns: event_time, event_time
            . columns: c, c
            . place: place
            Over
              . columns: c = SUM(n): BIGINT over last_1_minute_by_id
              events
        """)


def test_a_list() -> None:
    assert below_columns(put_rows_in_order(plan(LISTED))) == lines("""
        Over
          . columns: b = COLLECT_LIST(+(n, 1)): ARRAY<BIGINT> over last_1_minute_by_id
          RowsInOrder
            . keys: id
            . by: order_1
            . columns: id, id
            . columns: n, n
            . columns: at, at
            . columns: event_time, event_time
            . place: place
            Select
              . columns: id = id
              . columns: n = n
              . columns: at = at
              . columns: event_time = event_time
              . columns: order_1 = +(n, 1)
              . time: event_time
              events
        """)


def test_what_a_reader_sees_stays() -> None:
    made = plan(TIED)
    assert schemas(put_rows_in_order(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "LAST_VALUE")), Feature("b", over("n", "MAX"))))
    assert put_rows_in_order(made) == made


def test_columns_named_like_windows_step_aside() -> None:
    schema = {"id": sf.String, "window_time": sf.Int64, "at": sf.String}
    target = derived(Feature("a", over("window_time", "COLLECT_LIST")), source=events(schema=schema))
    after = below_columns(put_rows_in_order(plan(target)))
    assert ". by: window_time_of_row" in after
    assert ". columns: window_time, window_time_of_row" in after


def test_a_limit_is_put_in_order_once() -> None:
    limited = derived(Feature("a", over("n", "SUM", limit=2)))
    after = below_columns(put_rows_in_order(keep_latest_rows(plan(limited))))
    assert after.count("RowsInOrder") == 1
    assert "place" not in after.replace(". place: place", "")


def test_values_of_a_list_are_put_together_in_one_order() -> None:
    limited = derived(Feature("a", over("n", "VALUE_COUNTS", limit=2)))
    spread = keep_latest_rows(spread_limited_windows(plan(limited)))
    after = below_columns(put_rows_in_order(spread))
    assert after.count(". by: a_value_place") == 1
    assert ". by: a_value\n" not in after
    assert "a_row = COUNT(*)" in after
