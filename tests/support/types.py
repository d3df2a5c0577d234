"""A type of each kind."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat.types import DataType
from tests.definitions import TIME, events

TYPES: dict[str, DataType] = {
    "BOOLEAN": sf.Boolean,
    "INT": sf.Int32,
    "BIGINT": sf.Int64,
    "FLOAT": sf.Float32,
    "DOUBLE": sf.Float64,
    "DECIMAL": sf.Decimal(10, 2),
    "STRING": sf.String,
    "BYTES": sf.Bytes,
    "DATE": sf.Date,
    "TIMESTAMP": sf.Timestamp,
    "ARRAY": sf.Array(sf.Int64),
    "MAP": sf.Map(sf.String, sf.Int64),
    "STRUCT": sf.Struct(x=sf.Int64),
}


def of_type(dtype: DataType) -> sf.FileSystemSource:
    """Return a source whose column n has a type."""
    return events(schema={"id": sf.String, "n": dtype, "at": sf.String}, **TIME)
