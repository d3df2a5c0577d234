"""Values of the cases, as the types of sqlfeat have them in Python."""

from __future__ import annotations

import json
from typing import Any

from sqlfeat.types import ArrayType, DataType, Float32, Float64, Int32, Int64, MapType, String


def value_of(value: Any, dtype: DataType) -> Any:
    """Return a value of JSON in its type. A key of a map that is no text is JSON in a text; a whole
    number may be written as a float, as pandas does beside NULLs.
    """
    if value is None:
        return None
    if isinstance(dtype, ArrayType):
        return [value_of(element, dtype.element) for element in value]
    if isinstance(dtype, MapType):
        return {_key_of(key, dtype.key): value_of(element, dtype.value) for key, element in value.items()}
    if dtype in (Int32, Int64):
        assert float(value).is_integer(), f"{value!r} is no {dtype}"
        return int(value)
    if dtype in (Float32, Float64):
        return float(value)
    assert isinstance(value, str), f"{value!r} is no {dtype}"
    return value


def _key_of(key: str, dtype: DataType) -> Any:
    return key if dtype == String else value_of(json.loads(key), dtype)
