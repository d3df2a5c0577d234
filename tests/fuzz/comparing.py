"""What the oracle says of a definition, and whether an engine's rows are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlfeat.types import Schema
from tests.fuzz.model import Definition, Select, build
from tests.fuzz.own_selects import rows_of_select
from tests.fuzz.rows_as_json import read
from tests.oracle import OracleError, Result, differences, evaluate

LONG_DOUBLE = re.compile(r"-?[0-9]\.[0-9]{10,17}E-?[0-9]{1,3}")


@dataclass(frozen=True)
class Expected:
    """The rows of a definition by the contract; `stops` says why there are none."""

    rows: list[tuple[Any, ...]]
    stops: str | None = None


def expected(definition: Definition) -> Expected:
    try:
        return Expected(result_of(definition).rows)
    except OracleError as error:
        return Expected([], str(error))


def result_of(definition: Definition) -> Result:
    """Return what the oracle says. Raises OracleError where the contract stops the run."""
    rows = rows_of_tables(definition)
    return evaluate(build(definition, None), rows, timezone=definition.timezone, **definition.asked)


def rows_of_tables(definition: Definition) -> dict[str, Sequence[dict[str, Any]]]:
    """Return the rows of the sources, and of each SELECT of the definition's own."""
    rows: dict[str, Sequence[dict[str, Any]]] = dict(definition.rows)
    for table in definition.tables:
        select = table.fields.get("sql")
        if isinstance(select, Select):
            names = [one.name for one in definition.tables]
            below = definition.with_tables(definition.tables[: names.index(select.source.name) + 1])
            found = evaluate(build(below, None), rows, timezone=definition.timezone)
            seen = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
            rows[table.name] = rows_of_select(select, seen)
    return rows


def compared(wanted: Expected, lines: list[str], columns: Schema) -> list[str]:
    """Return the differences, a message each; none where an engine's rows are the contract's."""
    found = [tuple(map(_shortest, read(line, columns))) for line in lines]
    return differences([tuple(map(_shortest, row)) for row in wanted.rows], found, list(columns.names))


def _shortest(value: Any) -> Any:
    """Return a DOUBLE's text with no digit more than it needs, which Java before 19 shows sometimes."""
    if isinstance(value, str) and LONG_DOUBLE.fullmatch(value):
        return repr(float(value))
    return value
