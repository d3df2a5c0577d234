"""What the oracle says of a definition, and whether an engine's rows are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlfeat.types import Schema
from tests.fuzz.model import Definition, build
from tests.fuzz.rows_as_json import read
from tests.oracle import OracleError, differences, evaluate


@dataclass(frozen=True)
class Expected:
    """The rows of a definition by the contract; `stops` says why there are none."""

    rows: list[tuple[Any, ...]]
    stops: str | None = None


def expected(definition: Definition) -> Expected:
    target = build(definition, None)
    try:
        return Expected(evaluate(target, definition.rows, timezone=definition.timezone).rows)
    except OracleError as error:
        return Expected([], str(error))


def compared(wanted: Expected, lines: list[str], columns: Schema) -> list[str]:
    """Return the differences, a message each; none where an engine's rows are the contract's."""
    found = [read(line, columns) for line in lines]
    return differences(wanted.rows, found, list(columns.names))
