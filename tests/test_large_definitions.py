"""Definitions of many features, and chains of many."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from tests.definitions import derived, events


def test_a_thousand_features_are_a_step_for_each_kind() -> None:
    """No feature costs a step, or a copy of the plan, of its own."""
    sums = [
        sf.Feature(f"sum_{n}", sf.OverWindowTransform(f"n * {n}", "SUM", "1 hour", ["id"]))
        for n in range(500)
    ]
    computed = [sf.Feature(f"computed_{n}", f"sum_{n} + {n}") for n in range(500)]
    script = sf.render(derived(*sums, *computed), dialect="flink")
    assert script.count(" AS (\n") == 2
    assert script.count("SUM(") == 500


@pytest.mark.parametrize("length", [30, 500])
def test_a_chain_is_computed_in_its_order_or_said_to_be_too_long(length: int) -> None:
    chain = [sf.Feature("f0", "n + 1")] + [sf.Feature(f"f{n}", f"f{n - 1} + 1") for n in range(1, length)]
    view = derived(*chain, source=events())
    if length < 100:
        assert sf.render(view, dialect="spark").count(f"f{length - 2} + 1 AS f{length - 1}") == 1
    else:
        with pytest.raises(sf.DefinitionError, match="in a chain of some hundreds, which is too long"):
            sf.render(view, dialect="spark")
