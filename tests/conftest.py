"""One JVM per engine per test run, and the options of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from sqlfeat.run.table_environment import BatchFlinkEngine, FlinkEngine
from tests.fuzz.workers import OF_JAVA

os.environ["TZ"] = (
    "America/Los_Angeles"  # neither an engine's zone nor a definition's: nothing may lean on it
)
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the plans and SQL of the cases anew")


@contextmanager
def java_for_small_jobs() -> Iterator[None]:
    """Start the JVM of an engine for many small jobs; those of other tests start as ever."""
    before = os.environ.get("JAVA_TOOL_OPTIONS", "")
    os.environ["JAVA_TOOL_OPTIONS"] = f"{before} {OF_JAVA}".strip()
    yield
    if before:
        os.environ["JAVA_TOOL_OPTIONS"] = before
    else:
        del os.environ["JAVA_TOOL_OPTIONS"]


def session_of_cluster(engine: type[FlinkEngine], jars: Sequence[str] = ()) -> Any:
    """Return a session of a cluster that stays up. One for each job takes longer, and leaves its classes
    in the JVM, which has no room for those of a thousand.
    """
    with java_for_small_jobs():
        session = engine.connect(None, jars)
    session.get_config().set("pipeline.operator-chaining.enabled", "true")
    session.get_config().set("parallelism.default", "2")
    return session


@pytest.fixture(scope="session")
def flink() -> Any:
    """Return a TableEnvironment in streaming mode, of a cluster in this process."""
    return session_of_cluster(FlinkEngine)


@pytest.fixture(scope="session")
def flink_batch() -> Any:
    """Return a TableEnvironment in batch mode, of a cluster in this process."""
    return session_of_cluster(BatchFlinkEngine)


@pytest.fixture(scope="session")
def flink_with_jars() -> Any:
    """Return a TableEnvironment in streaming mode, with the jars of Kafka and Parquet."""
    from scripts.jars import fetch

    return session_of_cluster(FlinkEngine, [str(jar) for jar in fetch("flink")])


@pytest.fixture(scope="session")
def spark() -> Any:
    """Return a SparkSession, in this process."""
    from pyspark.sql import SparkSession

    builder = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.warehouse.dir", "/tmp/sqlfeat-tests-warehouse")
    )
    with java_for_small_jobs():
        session = builder.getOrCreate()
    yield session
    session.stop()
