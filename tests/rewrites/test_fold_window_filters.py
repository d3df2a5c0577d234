"""The filter of an aggregate, inside of it."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.fold_window_filters import fold_window_filters
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas, slide, sliding

FILTERED = derived(
    Feature("a", over("n", "SUM", filter_expr="n > 1")),
    Feature("b", over("*", "COUNT", filter_expr="n > 1")),
    Feature("c", over("n", "MAX")),
)


def test_before_and_after() -> None:
    made = plan(FILTERED)
    assert below_columns(made) == lines("""
        Over
          . columns: a = SUM(n) where >(n, 1): BIGINT over last_1_minute_by_id
          . columns: b = COUNT(*) where >(n, 1): BIGINT over last_1_minute_by_id
          . columns: c = MAX(n): BIGINT over last_1_minute_by_id
          events
        """)
    assert below_columns(fold_window_filters(made)) == lines("""
        Over
          . columns: a = SUM(CASE(>(n, 1), n, None)): BIGINT over last_1_minute_by_id
          . columns: b = COUNT(CASE(>(n, 1), 1, None)): BIGINT over last_1_minute_by_id
          . columns: c = MAX(n): BIGINT over last_1_minute_by_id
          events
        """)


def test_columns_stay() -> None:
    made = plan(FILTERED)
    assert schemas(fold_window_filters(made)) == schemas(made)


def test_twice_is_once() -> None:
    once = fold_window_filters(plan(FILTERED))
    assert fold_window_filters(once) == once


def test_nothing_to_do() -> None:
    for target in (
        derived(Feature("a", over("n", "SUM"))),
        sliding(Feature("a", slide("n", "SUM", where="n > 1"))),
    ):
        made = plan(target)
        assert fold_window_filters(made) == made
