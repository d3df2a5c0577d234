"""Repeated rows are left out by a comparison with the row before."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.compare_with_previous import compare_with_previous
from tests.rewrites.plans import below_columns, lines, plan, schemas, slide, sliding

CHANGES = sliding(
    Feature("total", slide("n", "SUM")),
    Feature("mean", slide("n", "AVG")),
    Feature("twice", "total * 2"),
    Feature("shown", "CAST(window_time AS STRING)"),
    Feature("shown_again", "LOWER(shown)"),
    skip_same_window_output=True,
)


def test_before() -> None:
    """An expression is compared only if it reads the time: the others say what the windows say."""
    assert below_columns(plan(CHANGES)).startswith(
        lines("""
        DropRepeated
          . keys: id
          . columns: total, mean, shown, shown_again
        """)
    )


def test_after() -> None:
    text = below_columns(compare_with_previous(plan(CHANGES)))
    assert text.startswith("Filter\n  . predicate: OR(IS NULL(previous_event_time), ")
    assert "IS DISTINCT FROM(total, previous_total)" in text
    assert "DIFFERS_BEYOND_ROUNDING(mean, previous_mean)" in text
    assert "\n  WithPrevious\n    . keys: id\n    . columns: previous_event_time, event_time\n" in text


def test_names_that_are_taken() -> None:
    view = sliding(
        Feature("n_", slide("n", "SUM")),
        Feature("previous_n_", slide("n", "SUM")),
        skip_same_window_output=True,
    )
    text = below_columns(compare_with_previous(plan(view)))
    assert "IS DISTINCT FROM(n_, previous_n__)" in text
    assert "IS DISTINCT FROM(previous_n_, previous_previous_n_)" in text


def test_columns_stay() -> None:
    made = plan(CHANGES)
    assert schemas(compare_with_previous(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(sliding(Feature("total", slide("n", "SUM"))))
    assert compare_with_previous(made) == made
