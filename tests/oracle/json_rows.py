"""Rows as JSON, one object a line, to rows of Python values by the types of the columns."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlfeat.types import (
    ArrayType,
    Bytes,
    DataType,
    Date,
    DecimalType,
    Float32,
    Float64,
    MapType,
    String,
    StructType,
    Timestamp,
)

from .conversions import as_type

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def read_rows(path: Path, columns: Mapping[str, DataType]) -> list[dict[str, object]]:
    """Return the rows of a file in their order; a column that an object lacks is NULL."""
    lines = path.read_text(encoding="utf-8").split("\n")
    objects = [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]
    return [{name: from_json(one.get(name), dtype) for name, dtype in columns.items()} for one in objects]


def _key(text: str, dtype: DataType) -> object:
    """Return a key of a MAP, which JSON has as text."""
    is_text = dtype in (String, Bytes, Date, Timestamp)
    return from_json(text if is_text else json.loads(text, parse_float=Decimal), dtype)


def from_json(value: object, dtype: DataType) -> object:
    """Return the Python value of a value in JSON whose type is known."""
    if value is None:
        return None
    if isinstance(dtype, ArrayType):
        return [from_json(element, dtype.element) for element in value]
    if isinstance(dtype, MapType):
        return {_key(key, dtype.key): from_json(one, dtype.value) for key, one in value.items()}
    if isinstance(dtype, StructType):
        return {name: from_json(value.get(name), of) for name, of in dtype.fields}
    if dtype == Bytes:
        return base64.b64decode(value)
    if dtype == Date:
        return date.fromisoformat(value)
    if dtype == Timestamp:
        return datetime.fromisoformat(value)
    if dtype in (Float32, Float64) or isinstance(dtype, DecimalType):
        return as_type(value, dtype)
    return value
