"""A definition as the statements of a dialect, beside the files of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlfeat as sf
from sqlfeat.dialects.registry import dialect_named
from sqlfeat.plan.functions import PythonFunction
from sqlfeat.render.statements import statements_of
from sqlfeat.types import Schema
from tests.fuzz.model import Definition, Select, build
from tests.fuzz.rows_as_csv import rows_as_csv
from tests.fuzz.rows_as_json import written


@dataclass(frozen=True)
class Rendered:
    """What an engine needs: settings, the statements that make tables, the SELECT, its columns, Python
    functions. `changes`: on a stream, rows are given that later ones take back.
    """

    name: str
    settings: tuple[tuple[str, str], ...]
    makes: tuple[tuple[str, str, str], ...]
    select: str
    columns: Schema
    functions: tuple[PythonFunction, ...] = ()
    changes: bool = False


def prefix_of(definition: Definition) -> str:
    return definition.name + "_"


def write_rows(definition: Definition, folder: Path, prefix: str = "") -> None:
    """Write the files that the sources read."""
    for source in definition.sources:
        path = folder / (prefix + str(source.fields["path"]))
        if source.fields.get("data_format") == "csv":
            path.write_text(rows_as_csv(definition.rows[source.name]), encoding="utf-8")
        else:
            write_file(path, definition.rows[source.name])


def write_file(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(written(row) + "\n" for row in rows), encoding="utf-8")


def rendered(definition: Definition, dialect: str, folder: Path) -> Rendered:
    """Return the statements. Raises UnsupportedError for what the dialect refuses."""
    target = build(definition, folder, prefix_of(definition))
    plan = sf.plan(target, timezone=definition.timezone, **definition.asked)
    statements = statements_of(plan, dialect_named(dialect))
    settings = tuple((s.setting.key, s.setting.value) for s in statements if s.setting is not None)
    makes = tuple(
        (statement.kind, statement.name, str(statement.text))
        for statement in statements
        if statement.kind in ("table", "view")
    )
    selects = [table.fields.get("sql") for table in definition.tables]
    return Rendered(
        definition.name,
        settings,
        makes,
        str(statements[-1].text),
        plan.outputs[0].columns,
        plan.functions,
        any(isinstance(select, Select) and select.groups for select in selects),
    )
