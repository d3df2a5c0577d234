"""Equal values in one form, before they are counted."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.compare_equal_values import compare_equal_values
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

SOURCE = events(schema={"id": sf.String, "x": sf.Float64, "b": sf.Bytes, "at": sf.String})
DISTINCT = derived(
    Feature("prices", over("x", "COUNT_DISTINCT")),
    Feature("codes", over("b", "COUNT_DISTINCT", None)),
    Feature("ids", over("id", "COUNT_DISTINCT")),
    Feature("n", over("x", "COUNT")),
    source=SOURCE,
)


def test_before_and_after() -> None:
    made = plan(DISTINCT)
    assert below_columns(compare_equal_values(made)) == lines("""
        Over
          . columns: prices = COUNT_DISTINCT(ONE_ZERO(x)): BIGINT over last_1_minute_by_id
          . columns: codes = COUNT_DISTINCT(TEXT_OF_BYTES(b)): BIGINT over all_so_far_by_id
          . columns: ids = COUNT_DISTINCT(id): BIGINT over last_1_minute_by_id
          . columns: n = COUNT(x): BIGINT over last_1_minute_by_id
          events
        """)


def test_columns_stay() -> None:
    made = plan(DISTINCT)
    assert schemas(compare_equal_values(made)) == schemas(made)


def test_twice_is_once() -> None:
    once = compare_equal_values(plan(DISTINCT))
    assert compare_equal_values(once) == once


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("n", over("n", "SUM"))))
    assert compare_equal_values(made) == made
