"""Where the contract differs from FeatHub, it says so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import sqlfeat as sf
from tests.conformance import case as cases
from tests.conformance.tables import target_of

SEMANTICS = Path(__file__).parents[2] / "docs" / "semantics.md"
KINDS = {"columns", "declared", "refused", "rows", "types"}
DIFFERENT = [name for name in cases.names() if cases.load(name).contract]


def in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_there_are_83() -> None:
    assert len(cases.names()) == 83


@pytest.mark.parametrize("name", DIFFERENT)
def test_the_line_is_in_the_contract(name: str) -> None:
    contract = cases.load(name).contract
    assert set(contract) <= KINDS
    for difference in contract.values():
        assert in_one_line(difference["line"]) in in_one_line(SEMANTICS.read_text(encoding="utf-8"))
        assert difference["why"]


@pytest.mark.parametrize("name", [name for name in DIFFERENT if "declared" in cases.load(name).contract])
def test_what_feathub_declares_is_refused(name: str) -> None:
    given = replace(cases.load(name), contract={})
    with pytest.raises(sf.DefinitionError, match=r"it is declared .*, and its value is"):
        sf.plan(target_of(given), timezone=given.timezone)


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_is_said_to_differ_does(name: str) -> None:
    case = cases.load(name)
    given = replace(case, contract={})
    if "rows" in case.contract:
        assert case.rows != given.rows
    if "columns" in case.contract:
        assert case.columns != given.columns
    if "types" in case.contract:
        assert case.types != given.types
