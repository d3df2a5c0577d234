"""Files of each format, written by one engine and read by the other, hold the same rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat.api import rows_of
from sqlfeat.settings import Settings
from tests.oracle.equality import differences

SCHEMA = {
    "id": sf.Int32,
    "big": sf.Int64,
    "price": sf.Float64,
    "flag": sf.Boolean,
    "text": sf.String,
    "exact": sf.Decimal(10, 2),
}
TEXTS = ("plain", "a,b", 'say "x"', "it's", "two\nlines", " blanks ", "ünï ☃ 🎉", "back\\slash", "null")
ROWS = [
    {"id": n, "big": 2**62 + n, "price": n / 7, "flag": n % 2 == 0, "text": text, "exact": f"{n}.25"}
    for n, text in enumerate(TEXTS)
] + [dict.fromkeys(SCHEMA, None) | {"id": 99}]


def copy_of(source: sf.FileSystemSource, name: str) -> sf.DerivedFeatureView:
    return sf.DerivedFeatureView(name, source=source, features=[], keep_source_fields=True)


def read_back(folder: Path, data_format: str) -> sf.DerivedFeatureView:
    source = sf.FileSystemSource("written", path=folder, data_format=data_format, schema=SCHEMA)
    return copy_of(source, "again")


@pytest.fixture
def original(tmp_path: Path) -> sf.DerivedFeatureView:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return copy_of(sf.FileSystemSource("rows", path=path, schema=SCHEMA), "all_rows")


@pytest.mark.flink
@pytest.mark.spark
@pytest.mark.parametrize("data_format", ["json", "csv", "parquet"])
def test_both_engines_read_what_each_has_written(
    data_format: str, original: Any, tmp_path: Path, flink_with_jars: Any, spark: Any
) -> None:
    engines = {"flink": flink_with_jars, "spark": spark}
    expected = rows_of(original, spark, Settings())
    assert differences(expected, rows_of(original, flink_with_jars, Settings()), list(SCHEMA)) == []
    for writer, session in engines.items():
        folder = tmp_path / writer
        sink = sf.FileSystemSink(folder, data_format=data_format)
        sf.run(sf.Materialization("copy", original, sink), session).wait()
        for reader in engines.values():
            found = rows_of(read_back(folder, data_format), reader, Settings())
            assert differences(expected, found, list(SCHEMA)) == [], f"written by {writer}"
