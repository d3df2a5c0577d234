"""Wrong values of a join's known_at, and what would be right."""

from __future__ import annotations

from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from tests.definitions import derived, events, join, slide, sliding

PRICES = events(
    "prices",
    schema={"id": sf.String, "price": sf.Float64, "seen": sf.Timestamp, "at": sf.String},
    keys=["id"],
)
TOTALS = sliding(Feature("total", slide()), name="totals")

MISTAKES: dict[str, tuple[Any, str]] = {
    "no name": (join(table=PRICES, known_at=3), "its known_at cannot be 3. It is text"),
    "no column": (
        join(table=PRICES, known_at="sen"),
        "the known_at of prices 'sen' is not a column. Did you mean 'seen'?",
    ),
    "no instant": (
        join(table=PRICES, known_at="at"),
        "the known_at of prices is STRING, not TIMESTAMP. Make it an instant, in a view over the table.",
    ),
    "of a sliding view": (
        join("total", TOTALS, known_at="window_time"),
        "known_at: totals is a sliding view, whose windows are known when they end. Leave it out.",
    ),
}


@pytest.mark.parametrize(("transform", "says"), MISTAKES.values(), ids=MISTAKES)
def test_mistake(transform: sf.JoinTransform, says: str) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(derived(Feature("x", transform)))
    assert says in str(caught.value)


def test_a_join_of_its_own() -> None:
    features = [
        Feature("known", join(table=PRICES, known_at="seen")),
        Feature("true", join(table=PRICES)),
    ]
    assert str(sf.plan(derived(*features))).count("AsOfJoin") == 2
