"""Each case: FeatHub's rows, or the contract's where it differs, on the oracle and on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat.api import rows_of
from sqlfeat.dsl.selection import Selection
from sqlfeat.types import Schema
from tests.conformance import case as cases
from tests.conformance.comparing import unlike
from tests.conformance.dtypes import dtype_of
from tests.conformance.files import source_rows, write_sources
from tests.conformance.tables import target_of
from tests.conformance.waiting import WAITING
from tests.oracle import evaluate

RUN = [name for name in cases.names() if not cases.load(name).is_refused and name not in WAITING]


def columns_of(case: cases.Case, target: Any) -> Schema:
    return sf.plan(target, timezone=case.timezone, **case.asked).outputs[0].columns


@pytest.mark.parametrize("name", RUN)
def test_columns(name: str) -> None:
    case = cases.load(name)
    columns = columns_of(case, target_of(case))
    assert list(columns.names) == case.columns
    assert dict(columns) == {column: dtype_of(dtype) for column, dtype in case.types.items()}


@pytest.mark.parametrize("name", RUN)
def test_oracle(name: str) -> None:
    case = cases.load(name)
    target = target_of(case)
    found = evaluate(target, source_rows(case), case.timezone, **case.asked)
    columns = columns_of(case, target)
    assert dict(zip(found.columns, found.types, strict=True)) == dict(columns)
    assert unlike(case, columns, found.rows) == []


def check_on(engine: Any, name: str, folder: Path) -> None:
    case = cases.load(name)
    target = target_of(case)
    write_sources(case, folder)
    settings = sf.Settings(case.timezone, str(folder))
    rows = rows_of(target, engine, settings, selection=Selection(**case.asked))
    assert unlike(case, columns_of(case, target), rows) == []


@pytest.mark.flink
@pytest.mark.parametrize("name", RUN)
def test_flink(name: str, flink: Any, tmp_path: Path) -> None:
    check_on(flink, name, tmp_path)


@pytest.mark.flink
@pytest.mark.parametrize("name", RUN)
def test_flink_batch(name: str, flink_batch: Any, tmp_path: Path) -> None:
    check_on(flink_batch, name, tmp_path)


@pytest.mark.spark
@pytest.mark.parametrize("name", RUN)
def test_spark(name: str, spark: Any, tmp_path: Path) -> None:
    check_on(spark, name, tmp_path)
