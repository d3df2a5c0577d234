"""Each of the two first programs, rendered for each dialect and run over the files: the same rows, in
the library's hands and in the engines' own SQL clients.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from scripts.flink_cluster import FlinkCluster
from scripts.spark_cluster import spark_sql
from sqlfeat.api import rows_of
from tests import case as cases
from tests.oracle.equality import differences

PROGRAMS = ("seed_purchases_with_features", "seed_user_online_features")


@pytest.mark.flink
@pytest.mark.spark
@pytest.mark.parametrize("name", PROGRAMS)
def test_all_engines_give_the_same_rows(name: str, flink: Any, flink_batch: Any, spark: Any) -> None:
    case = cases.load(name)
    found = [rows_of(case.target, engine, case.settings) for engine in (flink, flink_batch, spark)]
    columns = sf.plan(case.target).outputs[0].columns
    for others in found[1:]:
        assert differences(found[0], others, list(columns.names)) == []
    assert differences(case.expected(columns), found[0], list(columns.names)) == []


def expected_texts(case: cases.Case) -> list[list[str]]:
    columns = sf.plan(case.target).outputs[0].columns
    return sorted([str(value) for value in row] for row in case.expected(columns))


@pytest.mark.cluster
@pytest.mark.spark
@pytest.mark.parametrize("name", PROGRAMS)
def test_spark_sql_runs_the_script_as_it_stands(name: str) -> None:
    case = cases.load(name)
    printed = spark_sql(case.folder / "spark.sql", cwd=case.folder)
    wanted = expected_texts(case)
    rows = [line.split("\t") for line in printed.splitlines() if line.count("\t") == len(wanted[0]) - 1]
    assert sorted(row for row in rows if row[0] in {one[0] for one in wanted}) == wanted


@pytest.mark.cluster
@pytest.mark.flink
def test_the_flink_client_runs_the_scripts_as_they_stand() -> None:
    folders = [cases.load(name).folder for name in PROGRAMS]
    for folder in folders:
        wanted = expected_texts(cases.load(Path(folder).name))
        with FlinkCluster(cwd=folder) as cluster:
            printed = cluster.sql_client(folder / "flink.sql", cwd=folder)
            in_batch = cluster.sql_client(folder / "flink_batch.sql", cwd=folder)
        assert sorted(table_rows(printed)) == wanted
        assert sorted(batch_rows(in_batch)) == wanted


def table_rows(printed: str) -> list[list[str]]:
    """Return the cells of a table that the client printed, without the column of its changes."""
    lines = (line for line in printed.splitlines() if line.startswith("| +I |"))
    return [[cell.strip() for cell in line.strip("| ").split("|")][1:] for line in lines]


def batch_rows(printed: str) -> list[list[str]]:
    """Return the cells of a table that the client printed in batch mode, without its heads."""
    lines = (line for line in printed.splitlines() if line.startswith("| "))
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines][1:]
