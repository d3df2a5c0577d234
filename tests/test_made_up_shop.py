"""The example of a shop that there is not gives the oracle's rows on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import sqlfeat as sf
from sqlfeat.api import rows_of
from sqlfeat.cli import main
from sqlfeat.loading import load
from tests.oracle import differences, evaluate
from tests.oracle.generated import made_up

SHOP = load(Path(__file__).parent.parent / "examples" / "made_up_shop" / "features.py")
VIEW: Any = SHOP.target("training_set")


def expected() -> list[tuple[Any, ...]]:
    purchases: Any = SHOP.target("purchases")
    large = [{**row, "card": str(row["card"]).upper()} for row in made_up(purchases)]
    large = [row for row in large if row["item_count"] > 2]
    return evaluate(VIEW, {"large_purchases": large}).rows


def check(engine: Any) -> None:
    names = list(sf.plan(VIEW).outputs[0].columns.names)
    assert differences(expected(), rows_of(VIEW, engine, sf.Settings()), names) == []


def test_what_its_page_says() -> None:
    page = (SHOP.path.parent / "README.md").read_text(encoding="utf-8")
    assert f"the same {len(expected())} rows" in page


def test_it_is_listed_and_without_mistakes() -> None:
    listed = CliRunner().invoke(main, ["list", str(SHOP.path)])
    assert "large_purchases  SqlFeatureView      user_id, item_id, item_count, card, at" in listed.output
    for dialect in ("flink", "spark"):
        found = CliRunner().invoke(main, ["validate", str(SHOP.path), "--dialect", dialect])
        assert "no mistakes" in found.output


def test_the_trial_is_rendered() -> None:
    for dialect in ("flink", "spark"):
        script = sf.render(SHOP.target("trial"), dialect=dialect, tables=SHOP.tables)
        assert (
            "training_set__network(STRING) RETURNS STRING: network, for network of training_set."
            in script
        )


@pytest.mark.flink
def test_on_flink(flink: Any) -> None:
    check(flink)


@pytest.mark.spark
def test_on_spark(spark: Any) -> None:
    check(spark)
