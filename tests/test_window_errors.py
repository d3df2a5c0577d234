"""Wrong over windows: what is wrong with each option, and what would be right."""

from __future__ import annotations

from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from tests.definitions import derived, events, over, slide, sliding

NESTED = events(
    schema={"id": sf.String, "a": sf.Array(sf.Int64), "m": sf.Map(sf.String, sf.Int64), "at": sf.String}
)


def of_nested(*args: Any, **more: Any) -> sf.DerivedFeatureView:
    return derived(Feature("x", over(*args, **more)), source=NESTED)


MISTAKES: dict[str, tuple[Any, str]] = {
    "closed": (
        derived(Feature("x", over(closed="rigt"))),
        "its closed cannot be 'rigt'. It is one of 'both', 'right', 'left', 'none'.",
    ),
    "limit": (
        derived(Feature("x", over(limit=0))),
        "its limit cannot be 0. It is a whole number from 1 on, or None.",
    ),
    "limit that is no number": (derived(Feature("x", over(limit=True))), "its limit cannot be True."),
    "tie_breaker": (
        derived(Feature("x", over(limit=2, tie_breaker="N"))),
        "the tie_breaker 'N' is not a column. Did you mean 'n'?",
    ),
    "tie_breaker without an order": (
        of_nested("id", "LAST_VALUE", tie_breaker="a"),
        "the tie_breaker 'a' is ARRAY<BIGINT>, which has no order. Compute a column that has one.",
    ),
    "tie_breaker that decides nothing": (
        derived(Feature("x", over(tie_breaker="n"))),
        "the tie_breaker decides nothing: SUM is the same in any order of the rows. Set a limit, or",
    ),
    "window without an instant": (
        derived(Feature("x", over(size="0 seconds", closed="left"))),
        "a window of 0 milliseconds with closed='left' holds no row. Take a longer one, or close both",
    ),
    "window without an instant between its ends": (
        derived(Feature("x", over(size="1 millisecond", closed="none"))),
        "a window of 1 millisecond with closed='none' holds no row. Take a longer one, or close both",
    ),
    "limit of a sliding window": (
        sliding(Feature("x", slide(limit=0))),
        "its limit cannot be 0. It is a whole number from 1 on, or None.",
    ),
    "tie_breaker of a sliding window": (
        sliding(Feature("x", slide(limit=2, tie_breaker="N"))),
        "the tie_breaker 'N' is not a column. Did you mean 'n'?",
    ),
    "tie_breaker of a sliding window that decides nothing": (
        sliding(Feature("x", slide(tie_breaker="n"))),
        "the tie_breaker decides nothing: SUM is the same in any order of the rows. Set a limit, or",
    ),
    "ROW_NUMBER of a sliding window": (
        sliding(Feature("x", slide("*", "ROW_NUMBER"))),
        "ROW_NUMBER counts up to a row, and a sliding window is no row's. COUNT counts the rows of a",
    ),
    "values that are not compared": (
        of_nested("a", "VALUE_COUNTS"),
        "VALUE_COUNTS does not take ARRAY<BIGINT>: such values are not compared. Take one of its",
    ),
    "values without an order": (
        of_nested("m", "LAST_VALUE"),
        "LAST_VALUE of MAP<STRING, BIGINT>: a MAP has no order, which decides among rows of one time. "
        "Set a tie_breaker.",
    ),
    "a list of values without an order": (
        of_nested("m", "COLLECT_LIST", tie_breaker="id"),
        "COLLECT_LIST of MAP<STRING, BIGINT>: a MAP has no order, which decides among rows of one time. "
        "Take one of its elements in an expression before.",
    ),
}


@pytest.mark.parametrize(("target", "says"), MISTAKES.values(), ids=MISTAKES)
def test_mistake(target: Any, says: str) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(target)
    (problem,) = caught.value.problems
    assert (problem.table, problem.feature) == ("view", "x")
    assert says in str(problem)
    assert problem.allowed


def test_all_at_once() -> None:
    wrong = over("m", "SUM", keys=["idd"], closed="both", tie_breaker="aa")
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(derived(Feature("x", wrong), source=NESTED))
    assert len(caught.value.problems) == 3


def test_values_without_an_order_take_a_tie_breaker() -> None:
    plan = sf.plan(of_nested("m", "LAST_VALUE", tie_breaker="id"))
    assert "LAST_VALUE(m), ties by id: MAP<STRING, BIGINT>" in str(plan)
