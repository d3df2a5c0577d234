"""Rows in order below windows that go by it."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.sort_rows_of_windows import sort_rows_of_windows
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas

LISTS = derived(
    Feature("total", over("n", "SUM")),
    Feature("all", over("n", "COLLECT_LIST")),
    Feature("first", over("n", "FIRST_VALUE", tie_breaker="at")),
)


def test_before_and_after() -> None:
    assert below_columns(sort_rows_of_windows(plan(LISTS))) == lines("""
        Over
          . columns: first = FIRST_VALUE(n): BIGINT over last_1_minute_by_id
          RowsInOrder
            . keys: id
            . by: at
            . by: n
            . columns: id, id
            . columns: n, n
            . columns: at, at
            . columns: event_time, event_time
            . columns: total, total
            . columns: all, all
            . place: place
            Over
              . columns: all = COLLECT_LIST(n): ARRAY<BIGINT> over last_1_minute_by_id
              RowsInOrder
                . keys: id
                . by: n
                . columns: id, id
                . columns: n, n
                . columns: at, at
                . columns: event_time, event_time
                . columns: total, total
                . place: place
                Over
                  . columns: total = SUM(n): BIGINT over last_1_minute_by_id
                  events
        """)


def test_columns_stay_and_what_any_order_gives_too() -> None:
    made = plan(derived(Feature("total", over("n", "SUM")), Feature("first", over("n", "FIRST_VALUE"))))
    assert sort_rows_of_windows(made) == made
    assert schemas(sort_rows_of_windows(plan(LISTS))) == schemas(plan(LISTS))
