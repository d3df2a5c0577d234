"""Rows as a pandas frame that is the same whatever the engine."""

from __future__ import annotations

from typing import Any

from sqlfeat.run.engine import Row
from sqlfeat.types import Boolean, DataType, Float32, Float64, Int32, Int64, Schema, String

NULLABLE: dict[DataType, str] = {
    Boolean: "boolean",
    Int32: "Int32",
    Int64: "Int64",
    Float32: "Float32",
    Float64: "Float64",
    String: "object",
}
"""The pandas types that keep NULL apart from every value."""


def frame_of(rows: list[Row], columns: Schema, timezone: str) -> Any:
    """Return rows as a DataFrame: nullable pandas types, instants in the time zone, other values as
    Python's own.
    """
    import pandas

    lists = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    series = {
        name: _series(pandas, values, dtype, timezone)
        for (name, dtype), values in zip(columns, lists, strict=True)
    }
    return pandas.DataFrame(series, columns=list(columns.names))


def _series(pandas: Any, values: tuple[Any, ...], dtype: DataType, timezone: str) -> Any:
    if str(dtype) == "TIMESTAMP":
        stamps = pandas.Series(pandas.to_datetime(list(values), utc=True))
        return stamps.astype(f"datetime64[ms, {timezone}]")
    return pandas.Series(list(values), dtype=NULLABLE.get(dtype, "object"))
