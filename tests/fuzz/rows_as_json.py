"""Rows as JSON, one object a line: what sources hold, and what an engine's job wrote."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlfeat.types import DataType, MapType, Schema, Timestamp
from tests.oracle import from_json

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def written(value: Any) -> str:
    """Return the JSON of a value; a number keeps each of its digits."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None)
        return f'"{moment.isoformat(timespec="milliseconds")}Z"'
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, bytes):
        return f'"{base64.b64encode(value).decode()}"'
    return json.dumps(value, ensure_ascii=False)


def _key(value: Any) -> str:
    """Return the key of a map, which JSON has as text."""
    text = written(value)
    return text if text.startswith('"') else json.dumps(text)


def column(place: int) -> str:
    """Return the name under which a job writes a column: its place."""
    return f"c{place}"


def read(line: str, columns: Schema) -> tuple[Any, ...]:
    """Return the row that a job wrote: a TIMESTAMP may be microseconds, a MAP is its entries."""
    found = json.loads(line, parse_float=Decimal)
    return tuple(_value(found.get(column(place)), dtype) for place, (_, dtype) in enumerate(columns))


def _value(value: Any, dtype: DataType) -> Any:
    if dtype == Timestamp and isinstance(value, int):
        return EPOCH + timedelta(microseconds=value)
    if isinstance(dtype, MapType) and value is not None:
        return {
            from_json(entry.get("k"), dtype.key): from_json(entry.get("v"), dtype.value)
            for entry in value
        }
    return from_json(value, dtype)
