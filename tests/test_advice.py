"""What costs more in a dialect than in another is said: in the script, and by validate."""

from __future__ import annotations

from typing import Any

import pytest

import sqlfeat as sf
from tests.definitions import derived, events, join, over, slide, sliding

SAID = "in streaming mode a window over such rows takes a time that grows with the square of the rows"
IN_ORDER = events(max_out_of_orderness="1 minute")
LATELY = derived(sf.Feature("lately", over()), keep_source_fields=True)

COSTLY: dict[str, Any] = {
    "a window over a file": LATELY,
    "over a view of a file": derived(sf.Feature("x", over()), source=derived("n", "id", name="below")),
    "over what is joined from a file": derived(
        sf.Feature("price", join()), sf.Feature("x", over("price")), source=IN_ORDER
    ),
}
FREE: dict[str, Any] = {
    "rows in an order": derived(sf.Feature("x", over()), source=IN_ORDER),
    "all rows so far": derived(sf.Feature("x", over(size=None))),
    "rows of one time": derived(sf.Feature("x", over(size="0 seconds"))),
    "a sliding window": sliding(sf.Feature("x", slide())),
    "no window": derived("id"),
}


@pytest.mark.parametrize("view", COSTLY.values(), ids=COSTLY)
def test_rows_in_any_order_under_a_window_over_time(view: Any) -> None:
    assert [SAID in str(one) for one in sf.validate(view, "flink")].count(True) == 1
    assert sum(SAID in line for line in sf.render(view, "flink").splitlines()[:3]) == 1
    for dialect in (None, "flink_batch", "spark"):
        assert not any(SAID in str(one) for one in sf.validate(view, dialect))
    for dialect in ("flink_batch", "spark"):
        assert SAID not in sf.render(view, dialect)


@pytest.mark.parametrize("view", FREE.values(), ids=FREE)
def test_what_costs_no_more(view: Any) -> None:
    assert SAID not in sf.render(view, "flink")


def test_it_names_the_features_the_sources_and_the_way() -> None:
    (warning,) = sf.validate(LATELY, "flink")
    assert (warning.table, warning.feature) == ("view", "lately")
    assert warning.fault.startswith("the rows of events come in any order, and in streaming mode")
    assert warning.allowed.startswith("For many rows of a key, render it for flink_batch, or say")
