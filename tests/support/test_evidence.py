"""Each engine refuses what its dialect refuses, or gives other rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.jars import fetch
from sqlfeat.run.loopback_workers import forget_workers
from tests.support.evidence import EVENTS, EVIDENCE, ROWS, Evidence


def asked_of(dialect: str) -> Any:
    found = {one.title: one for one in EVIDENCE if one.dialect == dialect and one.statements}
    return pytest.mark.parametrize("evidence", found.values(), ids=found)


def check(evidence: Evidence, folder: Path, asks: Callable[[str], Any]) -> None:
    """Make the table `events`, then ask for what is refused."""
    path = folder / evidence.path
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    said, rows = "", None
    try:
        asks(EVENTS[evidence.dialect].format(name="events", path=path))
        for statement in evidence.statements:
            rows = asks(statement.replace("{folder}", str(folder)))
    except Exception as error:
        said = str(error)
    assert evidence.error.format(folder=folder) in said, said
    assert evidence.error or not said, said
    if evidence.rows is not None:
        assert rows == list(evidence.rows)


def check_on_flink(evidence: Evidence, session: Any, folder: Path) -> None:
    def asks(statement: str) -> Any:
        result = session.execute_sql(statement)
        return [tuple(row) for row in result.collect()] if statement.startswith("SELECT") else None

    session.get_config().set("table.local-time-zone", evidence.timezone)
    try:
        check(evidence, folder, asks)
    finally:
        forget_workers()
        for name in session.list_temporary_views():
            session.drop_temporary_view(name)
        for name in session.list_temporary_tables():
            session.drop_temporary_table(name)
        for name in session.list_user_defined_functions():
            session.drop_temporary_function(name)


@pytest.mark.flink
@asked_of("flink")
def test_flink(evidence: Evidence, flink: Any, tmp_path: Path) -> None:
    check_on_flink(evidence, flink, tmp_path)


@pytest.mark.flink
@asked_of("flink_batch")
def test_flink_batch(evidence: Evidence, flink_batch: Any, tmp_path: Path) -> None:
    check_on_flink(evidence, flink_batch, tmp_path)


@pytest.mark.spark
@asked_of("spark")
def test_spark(evidence: Evidence, spark: Any, tmp_path: Path) -> None:
    for jar in fetch(evidence.jars) if evidence.jars else ():
        spark.sql(f"ADD JAR '{jar}'")
    try:
        check(evidence, tmp_path, lambda said: [tuple(row) for row in spark.sql(said).collect()])
    finally:
        for table in spark.catalog.listTables():
            spark.catalog.dropTempView(table.name)
