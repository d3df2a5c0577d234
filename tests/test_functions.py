"""Every function of the table, on columns with NULLs and edge values: each engine gives what the oracle
does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat
from sqlfeat.api import rows_of
from sqlfeat.expr.functions import FUNCTIONS
from sqlfeat.expr.nodes import Call, walk
from sqlfeat.expr.parsing import parse_expression
from sqlfeat.settings import Settings
from tests.functions.family import Family, families
from tests.oracle import evaluate
from tests.oracle.equality import differences

FAMILIES = {family.name: family for family in families()}
CASTS = {"CAST", "TRY_CAST"}


@pytest.fixture(params=FAMILIES)
def family(request: pytest.FixtureRequest) -> Family:
    return FAMILIES[request.param]


def test_every_function_is_tried() -> None:
    tried = {
        node.function
        for family in FAMILIES.values()
        for text in family.expressions
        for node in walk(parse_expression(text))
        if isinstance(node, Call)
    }
    assert (set(FUNCTIONS) | CASTS) - tried == set()


def test_types(family: Family, tmp_path: Path) -> None:
    """The oracle gives each expression the type that the definition has."""
    view = family.view(tmp_path)
    columns = sqlfeat.plan(view, timezone=family.timezone).outputs[0].columns
    found = evaluate(view, {family.name: family.given()}, timezone=family.timezone)
    wrong = [
        f"{text}: {dtype}, and {meant} by the oracle"
        for text, dtype, meant in zip(
            ["row", *family.expressions], (dtype for _, dtype in columns), found.types, strict=True
        )
        if dtype != meant
    ]
    assert wrong == []


def check(family: Family, folder: Path, engine: Any) -> None:
    view = family.view(folder)
    expected = evaluate(view, {family.name: family.given()}, timezone=family.timezone)
    rows = rows_of(view, engine, Settings(family.timezone, str(folder)))
    found = wrong_values(family, by_number(expected.rows), by_number(rows))
    assert len(rows) == len(expected.rows)
    assert not found, "\n".join(found)


def by_number(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row[0])


def wrong_values(family: Family, expected: list[Any], rows: list[Any]) -> list[str]:
    return [
        f"{text} is {value!r}, not {meant!r}, of {given}"
        for given, row, wanted in zip(family.rows, rows, expected, strict=True)
        for text, value, meant in zip(family.expressions, row[1:], wanted[1:], strict=True)
        if differences([[meant]], [[value]], ["value"])
    ]


@pytest.mark.flink
def test_flink(family: Family, flink: Any, tmp_path: Path) -> None:
    check(family, tmp_path, flink)


@pytest.mark.spark
def test_spark(family: Family, spark: Any, tmp_path: Path) -> None:
    check(family, tmp_path, spark)
