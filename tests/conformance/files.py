"""The rows of the cases' sources: written for the engines, and as values for the oracle."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conformance.case import Case
from tests.conformance.dtypes import dtype_of
from tests.conformance.selects import SELECTS
from tests.conformance.tables import file_name
from tests.conformance.values import value_of


def write_sources(case: Case, folder: Path) -> None:
    """Write each file that the case's sources read."""
    for name, given in _sources(case):
        path = folder / file_name(name, given)
        with path.open("w", encoding="utf-8", newline="") as file:
            if given["data_format"] == "csv":
                csv.writer(file, lineterminator="\n").writerows(given["rows"])
            else:
                columns = [column for column, _ in given["schema"]]
                for row in given["rows"]:
                    file.write(json.dumps(dict(zip(columns, row, strict=True))) + "\n")


def source_rows(case: Case) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each source, in the order in which they arrive, and of each SELECT."""
    rows: dict[str, list[dict[str, object]]] = {
        name: [
            {
                column: value_of(value, dtype_of(dtype))
                for (column, dtype), value in zip(given["schema"], row, strict=True)
            }
            for row in given["rows"]
        ]
        for name, given in _sources(case)
    }
    for name, given in case.tables.items():
        if "sql_statement" in given:
            rows[name] = [SELECTS[given["sql_statement"]](row) for row in rows["source_a"]]
    return rows


def _sources(case: Case) -> Iterator[tuple[str, Any]]:
    for name, given in case.tables.items():
        if "rows" in given:
            yield name, given
