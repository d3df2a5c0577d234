"""Windows that hold the same rows are one."""

from __future__ import annotations

from sqlfeat import Feature
from sqlfeat.rewrites.share_equal_windows import share_equal_windows
from tests.rewrites.plans import derived, over, plan, text

SAME = (
    Feature("a", over("n", "SUM", "1 hour", closed="right")),
    Feature("b", over("n", "MAX", "3599999 milliseconds")),
)


def test_two_names_of_the_same_rows_are_one() -> None:
    before = plan(derived(*SAME))
    assert "last_3599999_milliseconds_by_id" in text(before)
    after = text(share_equal_windows(before))
    assert "last_3599999_milliseconds_by_id" not in after
    assert after.count("within_1_hour_by_id") == 2


def test_windows_that_end_elsewhere_stay_two() -> None:
    made = plan(derived(Feature("a", over("n", "SUM")), Feature("b", over("n", "SUM", closed="right"))))
    assert share_equal_windows(made) == made
