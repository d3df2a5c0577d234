"""Texts that are computed, as texts of any length, in lists and counts of values."""

from __future__ import annotations

from sqlfeat import DerivedFeatureView, Feature
from sqlfeat.rewrites.widen_listed_values import widen_listed_values
from tests.rewrites.plans import (
    below_columns,
    derived,
    events,
    lines,
    over,
    plan,
    schemas,
    slide,
    sliding,
)

BELOW = DerivedFeatureView(
    "marks",
    source=events(),
    features=[Feature("mark", "UPPER('x')"), Feature("last", over("mark", "LAST_VALUE"))],
    keep_source_fields=True,
)


def test_before_and_after() -> None:
    made = plan(
        derived(
            Feature("a", over("TRIM(id)", "COLLECT_LIST", group_by_keys=[])),
            Feature("b", over("n", "SUM", group_by_keys=[])),
        )
    )
    assert below_columns(made) == lines("""
        Over
          . columns: a = COLLECT_LIST(TRIM(id)): ARRAY<STRING> over last_1_minute
          . columns: b = SUM(n): BIGINT over last_1_minute
          events
        """)
    assert below_columns(widen_listed_values(made)) == lines("""
        Over
          . columns: a = COLLECT_LIST(WIDENED(TRIM(id))): ARRAY<STRING> over last_1_minute
          . columns: b = SUM(n): BIGINT over last_1_minute
          events
        """)


def test_columns_that_another_view_computes() -> None:
    made = plan(
        sliding(
            Feature("a", slide("last", "COLLECT_LIST")),
            Feature("b", slide("mark", "VALUE_COUNTS")),
            Feature("c", slide("id", "COLLECT_LIST")),
            Feature("d", slide("mark", "MAX")),
            source=BELOW,
        )
    )
    after = below_columns(widen_listed_values(made))
    assert "a = COLLECT_LIST(WIDENED(last))" in after
    assert "b = VALUE_COUNTS(WIDENED(mark))" in after
    assert "c = COLLECT_LIST(id)" in after
    assert "d = MAX(mark)" in after


def test_once() -> None:
    made = widen_listed_values(plan(derived(Feature("a", over("LOWER(id)", "COLLECT_LIST")))))
    assert widen_listed_values(made) == made


def test_what_a_reader_sees_stays() -> None:
    made = plan(derived(Feature("a", over("mark", "COLLECT_LIST")), source=BELOW))
    assert schemas(widen_listed_values(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("id", "COLLECT_LIST"))))
    assert widen_listed_values(made) == made
