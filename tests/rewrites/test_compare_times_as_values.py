"""Times that a selection compares, where windows are joined."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.compare_times_as_values import compare_times_as_values
from sqlfeat.rewrites.rank_rows_of_windows import rank_rows_of_windows
from tests.rewrites.plans import lines, slide, sliding, text

LATEST = Feature("a", slide("n", "SUM", limit=2))
ALL = Feature("b", slide("n", "SUM"))


def selected(*features: Feature) -> str:
    made = rank_rows_of_windows(sf.plan(sliding(*features), start="2022-01-01 10:00:00"))
    return text(compare_times_as_values(made), "view view_selected")


def test_times_of_joined_windows_are_compared_as_values() -> None:
    assert selected(LATEST, ALL) == lines("""
        view view_selected
          Filter
            . predicate: >=(TIMESTAMP_OF_INSTANT(event_time), INSTANT('2022-01-01 10:00:00.000'))
            view
        """)


def test_others_are_left_as_they_are() -> None:
    assert ">=(event_time, INSTANT(" in selected(ALL)
    assert ">=(event_time, INSTANT(" in selected(LATEST)
