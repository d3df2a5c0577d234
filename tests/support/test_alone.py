"""Constructs that no case can show, because one of the dialects refuses them: their own definitions, over
a few rows of any kind, give the oracle's rows on the engines that take them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from os import fspath
from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat.api import rows_of
from sqlfeat.compiler.reach import reachable
from sqlfeat.settings import Settings
from sqlfeat.types import ArrayType, DataType
from tests.functions.family import as_json
from tests.oracle import evaluate
from tests.oracle.equality import differences
from tests.rows import source_rows
from tests.support.construct import ALONE, Construct
from tests.support.matrix import constructs
from tests.support.types import TYPES

RUN = {f"{subject}: {one.says}": one for subject, one in constructs() if one.shown == ALONE}
TIMES = ("2022-01-01 00:00:00", "2022-01-01 00:00:00", "2022-01-01 00:01:30", "2022-01-02 07:00:00")

OF_ALL = {"at": TIMES, "id": ("a", "a", "a", "b"), "a\nb": (1, 1, 90, 100_000)}
"""The values of columns that mean the same in every construct."""

VALUES: dict[str, tuple[Any, Any]] = {
    "BOOLEAN": (False, True),
    "INT": (-1, 2),
    "BIGINT": (-(2**60), 2**60),
    "FLOAT": (-0.5, 3.25),
    "DOUBLE": (-0.5, 1e300),
    "DECIMAL": (Decimal("-0.25"), Decimal("1.50")),
    "STRING": ("", "ünï"),
    "BYTES": (b"", b"\x00\xff"),
    "DATE": (date(1969, 12, 31), date(2022, 1, 31)),
    "TIMESTAMP": (datetime(2000, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, 0, 0, 0, 1000, tzinfo=UTC)),
    "ARRAY": ([], [1, 2]),
    "MAP": ({}, {"a": 1}),
    "STRUCT": ({"x": None}, {"x": 1}),
}
"""Two values of each type, the lesser first."""


def test_the_rows_are_of_every_type() -> None:
    assert VALUES.keys() == TYPES.keys()


def values_of(dtype: DataType) -> tuple[Any, ...]:
    if isinstance(dtype, ArrayType) and dtype not in TYPES.values():
        return tuple([value] for value in values_of(dtype.element))
    first, second = next(VALUES[name] for name, one in TYPES.items() if one == dtype)
    return (second, first, None, first)


def write(construct: Construct, folder: Path) -> None:
    for table in reachable([construct.target], {}):
        if isinstance(table, sf.FileSystemSource):
            columns = {name: OF_ALL.get(name) or values_of(dtype) for name, dtype in table.schema.items()}
            rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
            lines = "".join(as_json(row) + "\n" for row in rows)
            path = folder / fspath(table.path)
            path.parent.mkdir(exist_ok=True)
            path.write_text(lines, encoding="utf-8")


def check(construct: Construct, folder: Path, engine: Any) -> None:
    write(construct, folder)
    found = evaluate(construct.target, source_rows(construct.target, folder), construct.timezone)
    rows = rows_of(construct.target, engine, Settings(construct.timezone, str(folder)))
    assert differences(found.rows, rows, list(found.columns)) == []


def taken_by(dialect: str) -> Any:
    taken = {name: one for name, one in RUN.items() if one.refusal(dialect) is None}
    return pytest.mark.parametrize("construct", taken.values(), ids=taken)


@pytest.mark.flink
@taken_by("flink")
def test_flink(construct: Construct, flink: Any, tmp_path: Path) -> None:
    check(construct, tmp_path, flink)


@pytest.mark.flink
@taken_by("flink_batch")
def test_flink_batch(construct: Construct, flink_batch: Any, tmp_path: Path) -> None:
    check(construct, tmp_path, flink_batch)


@pytest.mark.spark
@taken_by("spark")
def test_spark(construct: Construct, spark: Any, tmp_path: Path) -> None:
    check(construct, tmp_path, spark)
