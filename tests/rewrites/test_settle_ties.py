"""First and last values, where rows share a time."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.settle_ties import settle_ties
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas, slide, sliding

LAST = derived(
    Feature("a", over("n", "LAST_VALUE", filter_expr="n > 1")),
    Feature("b", over("n", "SUM")),
    Feature("c", over("n", "FIRST_VALUE", None, group_by_keys=[])),
)


def test_before_and_after() -> None:
    made = plan(LAST)
    assert below_columns(made) == lines("""
        Over
          . columns: a = LAST_VALUE(n) where >(n, 1): BIGINT over last_1_minute_by_id
          . columns: b = SUM(n): BIGINT over last_1_minute_by_id
          . columns: c = FIRST_VALUE(n): BIGINT over all_so_far
          events
        """)
    assert below_columns(settle_ties(made)) == lines("""
        Over
          . columns: a = LAST_VALUE(a_of_its_time): BIGINT over last_1_minute_by_id
          . columns: b = SUM(n): BIGINT over last_1_minute_by_id
          . columns: c = FIRST_VALUE(c_of_its_time): BIGINT over all_so_far
          Over
            . columns: a_of_its_time = MAX(n) where >(n, 1): BIGINT over same_time_by_id
            . columns: c_of_its_time = MIN(n): BIGINT over same_time
            events
        """)


def test_what_a_reader_sees_stays() -> None:
    made = plan(LAST)
    assert schemas(settle_ties(made)) == schemas(made)


def test_a_helper_takes_no_name_that_is_there() -> None:
    target = derived(
        Feature("a_of_its_time", "n"), Feature("a", over("n", "LAST_VALUE")), Feature("b", "n + 1")
    )
    made = plan(target)
    after = settle_ties(made)
    assert schemas(after) == schemas(made)
    assert "a_of_its_time_ = MAX(n)" in below_columns(after)


def test_a_helper_takes_no_name_of_another_case() -> None:
    target = derived(Feature("A_Of_Its_Time", "n"), Feature("a", over("n", "LAST_VALUE")))
    assert "a_of_its_time_ = MAX(n)" in below_columns(settle_ties(plan(target)))


def test_nothing_to_do() -> None:
    for target in (
        derived(Feature("a", over("n", "MAX"))),
        sliding(Feature("a", slide("n", "LAST_VALUE"))),
    ):
        made = plan(target)
        assert settle_ties(made) == made
