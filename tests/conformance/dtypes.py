"""FeatHub's names of types."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat.types import DataType

SCALARS: dict[str, DataType] = {
    "Float32": sf.Float32,
    "Float64": sf.Float64,
    "Int32": sf.Int32,
    "Int64": sf.Int64,
    "String": sf.String,
}


def dtype_of(name: str) -> DataType:
    """Return the type of a name such as `Map<String,Vector<Int64>>`.

    >>> dtype_of("Map<String,Vector<Int64>>")
    MAP<STRING, ARRAY<BIGINT>>
    """
    if name in SCALARS:
        return SCALARS[name]
    kind, _, inner = name.removesuffix(">").partition("<")
    if kind == "Vector":
        return sf.Array(dtype_of(inner))
    assert kind == "Map", name
    key, _, value = inner.partition(",")
    return sf.Map(dtype_of(key), dtype_of(value))
