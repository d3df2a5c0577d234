"""Rows that came out, held against those that a case expects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlfeat.types import Schema
from tests.conformance.case import Case
from tests.conformance.values import value_of
from tests.oracle.equality import differences


def unlike(case: Case, columns: Schema, rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Return what is different from the case's rows: nothing when they are the same, in any order."""
    kept = [name for name in columns.names if name not in case.given["compare"].get("drop", ())]
    types = dict(columns)
    expected = [tuple(value_of(row[name], types[name]) for name in kept) for row in case.rows]
    named = [dict(zip(columns.names, row, strict=True)) for row in rows]
    found = [tuple(row[name] for name in kept) for row in named if _is_compared(case, row)]
    return differences(expected, found, kept)


def _is_compared(case: Case, row: dict[str, Any]) -> bool:
    wanted = case.given["compare"].get("filter", {})
    return all(row[name] == value for name, value in wanted.items())
