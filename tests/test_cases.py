"""Each case: its text is as it was reviewed, and its rows are the contract's on every engine."""

from __future__ import annotations

from typing import Any

import pytest

import sqlfeat
from sqlfeat.api import rows_of
from sqlfeat.dsl.selection import Selection
from tests import case as cases
from tests.oracle import evaluate
from tests.oracle.equality import differences
from tests.rows import source_rows


@pytest.fixture(params=cases.names())
def case(request: pytest.FixtureRequest) -> cases.Case:
    return cases.load(request.param)


def test_text(case: cases.Case, request: pytest.FixtureRequest) -> None:
    texts = {"plan.txt": str(sqlfeat.plan(case.target, timezone=case.timezone, **case.asked))}
    for dialect in case.dialects:
        script = sqlfeat.render(case.target, dialect.name, timezone=case.timezone, **case.asked)
        texts[f"{dialect.name}.sql"] = script
    for name, text in texts.items():
        path = case.folder / name
        if request.config.getoption("--update"):
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode(), f"{path} differs: pytest --update rewrites it"


def check(case: cases.Case, rows: list[tuple[Any, ...]]) -> None:
    columns = sqlfeat.plan(case.target, timezone=case.timezone).outputs[0].columns
    assert differences(case.expected(columns), rows, list(columns.names)) == []


def test_oracle(case: cases.Case) -> None:
    found = evaluate(case.target, source_rows(case.target, case.folder), case.timezone, **case.asked)
    columns = sqlfeat.plan(case.target, timezone=case.timezone).outputs[0].columns
    assert tuple(found.columns) == columns.names
    check(case, found.rows)


@pytest.mark.flink
@pytest.mark.parametrize("case", cases.names_for("flink"), indirect=True)
def test_flink(case: cases.Case, flink: Any) -> None:
    check(case, rows_of(case.target, flink, case.settings, selection=Selection(**case.asked)))


@pytest.mark.flink
@pytest.mark.parametrize("case", cases.names_for("flink_batch"), indirect=True)
def test_flink_batch(case: cases.Case, flink_batch: Any) -> None:
    check(case, rows_of(case.target, flink_batch, case.settings, selection=Selection(**case.asked)))


@pytest.mark.spark
@pytest.mark.parametrize("case", cases.names_for("spark"), indirect=True)
def test_spark(case: cases.Case, spark: Any) -> None:
    check(case, rows_of(case.target, spark, case.settings, selection=Selection(**case.asked)))
