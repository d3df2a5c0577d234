"""Rows without end, which no dialect counts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlfeat.errors import Problem
from sqlfeat.plan.connectors import RowNumbers
from sqlfeat.plan.tables import Plan


def endless_rows(plan: Plan) -> Iterator[Problem]:
    """Yield the made-up sources without end: a batch ends, and so does a sequence that is counted."""
    for source in plan.sources:
        if isinstance(source.connector, RowNumbers) and source.connector.count is None:
            fault = "rows without end cannot be counted: a sequence of the engine's has an end."
            yield Problem(source.name, None, fault, "Give the DataGenSource a number_of_rows.")
