"""The rows of a definition's sources, read from its files in Python."""

from __future__ import annotations

from os import fspath
from pathlib import Path

from sqlfeat.compiler.reach import reachable
from sqlfeat.dsl.sources import FileSystemSource
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.views import SqlFeatureView
from tests.oracle import read_rows


def source_rows(target: Table, folder: Path) -> dict[str, list[dict[str, object]]]:
    """Return, by source, the rows in the order of the file; a missing field is None. The rows that a
    SELECT of the definition's own gives stand in a file of its view's name.
    """
    tables = reachable([target], {})
    written = {
        table.name: read_rows(folder / f"{table.name}.rows.jsonl", table.schema)
        for table in tables
        if isinstance(table, SqlFeatureView)
    }
    return written | {
        table.name: read_rows(folder / fspath(table.path), table.schema)
        for table in tables
        if isinstance(table, FileSystemSource)
    }
