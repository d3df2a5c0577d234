"""Many definitions in one job of Spark: a UNION ALL of their rows as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlfeat.dialects.spark import SPARK
from sqlfeat.run.spark_session import SparkEngine
from sqlfeat.types import DataType, MapType, Timestamp
from tests.fuzz.rendering import Rendered
from tests.fuzz.rows_as_json import column
from tests.fuzz.workers import in_short

CHEAP = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.warehouse.dir": "/tmp/sqlfeat-tests-warehouse",
}
"""Many small plans: what pays for itself with many rows is left out."""


def open_session() -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    for key, value in CHEAP.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def run_job(session: Any, batch: Sequence[Rendered], folder: Path) -> dict[str, list[str] | str]:
    """Return the lines that each definition gives, or why its statements are refused."""
    made: list[str] = []
    functions: list[str] = []
    failed: dict[str, str] = {}
    try:
        for key, value in batch[0].settings:
            session.conf.set(key, value)
        for function in [function for one in batch for function in one.functions]:
            SparkEngine(session)._register(function)
            functions.append(function.name)
        for one in batch:
            try:
                for _, name, text in one.makes:
                    session.sql(text)
                    made.append(name)
            except Exception as error:
                failed[one.name] = in_short(error)
        good = [one for one in batch if one.name not in failed]
        lines: dict[str, list[str]] = {one.name: [] for one in good}
        for name, line in _rows(session, good):
            lines[name].append(line)
    finally:
        for name in made:
            session.catalog.dropTempView(name)
        for name in functions:
            session.sql(f"DROP TEMPORARY FUNCTION {SPARK.quote(name)}")
    return {**lines, **failed}


def _rows(session: Any, batch: Sequence[Rendered]) -> list[Any]:
    rows: list[Any] = session.sql("\nUNION ALL\n".join(map(_as_json, batch))).collect() if batch else []
    return rows


def _as_json(one: Rendered) -> str:
    fields = ", ".join(
        f"'{column(place)}', {_value(SPARK.quote(name), dtype)}"
        for place, (name, dtype) in enumerate(one.columns)
    )
    return f"SELECT '{one.name}', to_json(named_struct({fields})) FROM (\n{one.select})"


def _value(name: str, dtype: DataType) -> str:
    if dtype == Timestamp:
        return f"unix_micros({name})"
    if isinstance(dtype, MapType):
        return f"transform(map_entries({name}), e -> named_struct('k', e.key, 'v', e.value))"
    return name
