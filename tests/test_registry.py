"""Tables that are named by text."""

from __future__ import annotations

from pathlib import Path

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.loading import load
from tests.definitions import derived, events, prices

REGISTRY = sf.Registry([prices()])
BY_TEXT = {
    "text": "prices.price",
    "feature": Feature("prices.price"),
    "transform": Feature("price", sf.JoinTransform("prices", "price")),
    "arguments by their names": Feature("price", sf.JoinTransform(table_name="prices", expr="price")),
}


@pytest.mark.parametrize("feature", BY_TEXT.values(), ids=BY_TEXT)
def test_a_join_may_name_its_table(feature: Feature | str) -> None:
    table = prices()
    object_given = derived(Feature("price", sf.JoinTransform(table, "price")))
    expected = sf.render(object_given, dialect="spark")
    assert sf.render(derived(feature), dialect="spark", tables=[table]) == expected
    assert sf.render(derived(feature), dialect="spark", tables=REGISTRY) == expected
    assert sf.render(derived(feature, tables=REGISTRY), dialect="spark") == expected


def test_a_feature_may_be_a_column_by_its_name() -> None:
    columns = sf.plan(derived(Feature("n"), Feature("id", dtype=sf.String))).outputs[0].columns
    assert columns.names == ("at", "n", "id")


def test_an_unknown_table_gives_the_nearest() -> None:
    with pytest.raises(sf.DefinitionError, match=r"there is no table 'price'\. Did you mean 'prices'"):
        sf.plan(derived(Feature("price.price")), tables=REGISTRY)


def test_two_tables_of_one_name_are_refused() -> None:
    registry = sf.Registry([prices()])
    registry.add(prices())
    with pytest.raises(
        sf.DefinitionError, match="prices: two tables that may be named by text have this"
    ):
        sf.plan(derived("id"), tables=registry)


def test_a_table_may_be_given_twice() -> None:
    table = prices()
    assert sf.plan(derived("prices.price"), tables=[table, table])


def test_making_a_table_registers_it_nowhere() -> None:
    events("elsewhere", keys=["id"])
    with pytest.raises(sf.DefinitionError, match="there is no table 'elsewhere'"):
        sf.plan(derived("elsewhere.n"))


def test_a_file_knows_the_tables_of_its_registries(tmp_path: Path) -> None:
    text = """
import sqlfeat as sf
time = {"timestamp_field": "at", "timestamp_format": "epoch"}
schema = {"id": sf.String, "price": sf.Int64, "at": sf.Int64}
tables = sf.Registry(
    sf.FileSystemSource(name, path=name, schema=schema, keys=["id"], **time) for name in ("a", "b")
)
view = sf.DerivedFeatureView("view", source=tables[0], features=["b.price"])
"""
    (tmp_path / "features.py").write_text(text, encoding="utf-8")
    found = load(tmp_path / "features.py")
    assert [table.name for table in found.tables] == ["view", "a", "b"]
    assert "with_b" in sf.render(found.target("view"), dialect="spark", tables=found.tables)
