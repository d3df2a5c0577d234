"""Rows as CSV: what sources of this format hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


def rows_as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a line a row: texts in quotes, a quote in them doubled, NULL as an empty field."""
    return "".join(",".join(map(_field, row.values())) + "\n" for row in rows)


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None)
        return f"{moment.isoformat(' ', timespec='milliseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(value)
