"""Different values, counted in a list."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.count_distinct_in_lists import count_distinct_in_lists
from sqlfeat.rewrites.rank_rows_of_windows import rank_rows_of_windows
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas, slide, sliding

VIEW = derived(Feature("total", over("n", "SUM")), Feature("ids", over("n", "COUNT_DISTINCT")))


def test_before_and_after() -> None:
    assert below_columns(count_distinct_in_lists(plan(VIEW))) == lines("""
        Derive
          . columns: ids = COUNT_OF_DISTINCT(ids_values)
          Over
            . columns: total = SUM(n): BIGINT over last_1_minute_by_id
            . columns: ids_values = COLLECT_IN_ANY_ORDER(n): ARRAY<BIGINT> over last_1_minute_by_id
            events
        """)


def test_ranked_rows_too() -> None:
    made = rank_rows_of_windows(plan(sliding(Feature("ids", slide("n", "COUNT_DISTINCT", limit=2)))))
    assert "ids = DISTINCT_IN_LIST(n) where IS NOT NULL(n): BIGINT" in below_columns(
        count_distinct_in_lists(made)
    )


def test_others_stay() -> None:
    for target in (
        derived(Feature("total", over("n", "SUM"))),
        sliding(Feature("ids", slide("n", "COUNT_DISTINCT"))),
    ):
        assert count_distinct_in_lists(plan(target)) == plan(target)


def test_a_reader_sees_the_same() -> None:
    seen = schemas(plan(VIEW))
    assert schemas(count_distinct_in_lists(plan(VIEW))) == seen
