"""Many definitions in one job of Flink: a STATEMENT SET, each writing a file of its own."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlfeat.dialects.flink import FLINK
from sqlfeat.run.table_environment import FlinkEngine
from sqlfeat.types import DataType, MapType
from tests.fuzz.rendering import Rendered
from tests.fuzz.rows_as_json import column
from tests.fuzz.workers import in_short

OURS = {
    "parallelism.default": "1",
    "pipeline.object-reuse": "true",
    "taskmanager.memory.network.min": "512mb",
    "taskmanager.memory.network.max": "512mb",
    "taskmanager.numberOfTaskSlots": "1",
    "jobmanager.execution.failover-strategy": "full",
    "restart-strategy.type": "disable",
}
OF_THE_CLIENT = ("execution.runtime-mode", "table.dml-sync")


def open_session() -> Any:
    return session_in("streaming", OURS)


def session_in(mode: str, options: Mapping[str, str]) -> Any:
    """Return a session in streaming mode or in batch mode."""
    from pyflink.common import Configuration
    from pyflink.table import EnvironmentSettings, TableEnvironment

    config = Configuration()
    for key, value in options.items():
        config.set_string(key, value)
    builder = getattr(EnvironmentSettings.new_instance(), f"in_{mode}_mode")()
    return TableEnvironment.create(builder.with_configuration(config).build())


def run_job(session: Any, batch: Sequence[Rendered], folder: Path) -> dict[str, list[str] | str]:
    """Return the lines that each definition wrote, or why its statements are refused."""
    made: list[tuple[str, str]] = []
    functions: list[str] = []
    failed: dict[str, str] = {}
    try:
        for key, value in batch[0].settings:
            if not key.startswith("sql-client.") and key not in OF_THE_CLIENT:
                session.get_config().set(key, value)
        inserts = session.create_statement_set()
        for function in [function for one in batch for function in one.functions]:
            FlinkEngine(session)._register(function)
            functions.append(function.name)
        for one in batch:
            shutil.rmtree(folder / one.name, ignore_errors=True)
            try:
                _make(session, one, folder, made)
                inserts.add_insert_sql(_insert(one))
            except Exception as error:
                failed[one.name] = in_short(error)
        if len(failed) < len(batch):
            inserts.execute().wait()
    finally:
        for kind, name in reversed(made):
            session.execute_sql(f"DROP TEMPORARY {kind.upper()} {FLINK.quote(name)}")
        for name in functions:
            session.drop_temporary_function(FLINK.quote(name))
    return {one.name: failed.get(one.name) or _rows(one, folder) for one in batch}


def _make(session: Any, one: Rendered, folder: Path, made: list[tuple[str, str]]) -> None:
    """Make the tables of a definition and its sink, and note each that was made."""
    for kind, name, text in one.makes:
        session.execute_sql(text)
        made.append((kind, name))
    session.execute_sql(_sink(one, folder))
    made.append(("table", f"{one.name}_sink"))


def _sink(one: Rendered, folder: Path) -> str:
    columns = ", ".join(f"{column(place)} {_type(dtype)}" for place, (_, dtype) in enumerate(one.columns))
    written = "debezium-json" if one.changes else "json"
    return (
        f"CREATE TEMPORARY TABLE {one.name}_sink ({columns}) WITH ('connector' = 'filesystem', "
        f"'path' = '{folder / one.name}', 'format' = '{written}', "
        f"'{written}.timestamp-format.standard' = 'ISO-8601')"
    )


def _type(dtype: DataType) -> str:
    """Return the type that is written. JSON has no maps but those of text, so that entries are."""
    if isinstance(dtype, MapType):
        return f"ARRAY<ROW<k {_type(dtype.key)}, v {_type(dtype.value)}>>"
    return FLINK.type_name(dtype)


def _insert(one: Rendered) -> str:
    if not any(isinstance(dtype, MapType) for _, dtype in one.columns):
        return f"INSERT INTO {one.name}_sink {one.select}"
    said = ", ".join(
        f"MAP_ENTRIES({FLINK.quote(name)})" if isinstance(dtype, MapType) else FLINK.quote(name)
        for name, dtype in one.columns
    )
    return f"INSERT INTO {one.name}_sink SELECT {said} FROM ({one.select})"


def _rows(one: Rendered, folder: Path) -> list[str]:
    """Return the rows that are left of those that were written, and of which some were taken back."""
    lines = _lines(folder / one.name)
    if not one.changes:
        return lines
    left: Counter[str] = Counter()
    for change in map(json.loads, lines):
        is_taken_back = change["op"] == "d"
        row = json.dumps(change["before" if is_taken_back else "after"], sort_keys=True)
        left[row] += -1 if is_taken_back else 1
    return list(left.elements())


def _lines(folder: Path) -> list[str]:
    files = sorted(path for path in folder.glob("**/*") if path.is_file()) if folder.exists() else []
    return [line for path in files for line in path.read_text("utf-8").split("\n") if line]
