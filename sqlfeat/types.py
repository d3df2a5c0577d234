"""The data types of columns and features: frozen values that know their SQL name and compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sqlfeat.errors import SchemaError


@dataclass(frozen=True)
class DataType:
    """A type without parameters, such as BIGINT. `name` is how the contract writes it."""

    name: str

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, repr=False)
class DecimalType(DataType):
    """DECIMAL(precision, scale): `precision` digits in all (1 to 38), `scale` after the point."""

    precision: int = 38
    scale: int = 0

    def __post_init__(self) -> None:
        if not (1 <= self.precision <= 38 and 0 <= self.scale <= self.precision):
            raise SchemaError(
                f"DECIMAL({self.precision}, {self.scale}) does not exist: the precision is 1 to 38, "
                "the scale 0 to the precision"
            )

    def __str__(self) -> str:
        return f"DECIMAL({self.precision}, {self.scale})"


@dataclass(frozen=True, repr=False)
class ArrayType(DataType):
    """An ARRAY of `element`."""

    element: DataType

    def __str__(self) -> str:
        return f"ARRAY<{self.element}>"


@dataclass(frozen=True, repr=False)
class MapType(DataType):
    """A MAP from `key` to `value`."""

    key: DataType
    value: DataType

    def __str__(self) -> str:
        return f"MAP<{self.key}, {self.value}>"


@dataclass(frozen=True, repr=False)
class StructType(DataType):
    """A ROW (Flink's word) or STRUCT (Spark's): named fields, in order."""

    fields: tuple[tuple[str, DataType], ...]

    def __str__(self) -> str:
        return "STRUCT<" + ", ".join(f"{name}: {dtype}" for name, dtype in self.fields) + ">"


Boolean: Final = DataType("BOOLEAN")
Int32: Final = DataType("INT")
Int64: Final = DataType("BIGINT")
Float32: Final = DataType("FLOAT")
Float64: Final = DataType("DOUBLE")
String: Final = DataType("STRING")
Bytes: Final = DataType("BYTES")
Date: Final = DataType("DATE")
Timestamp: Final = DataType("TIMESTAMP")
Instant: Final = DataType("INSTANT")
"""The type of an event time inside of a plan, in whatever a dialect holds it; no column shows it."""
Interval: Final = DataType("INTERVAL")
"""The type of a span of time in milliseconds, inside of a plan; no column has it."""
Null: Final = DataType("NULL")
"""The type of a bare NULL, before what stands beside it gives it one."""
Unknown: Final = DataType("UNKNOWN")
"""The type of a column whose definition is wrong: nothing more is said of what depends on it."""

SCALARS: Final[Mapping[str, DataType]] = {
    dtype.name: dtype
    for dtype in (Boolean, Int32, Int64, Float32, Float64, String, Bytes, Date, Timestamp)
}


def Decimal(precision: int, scale: int = 0) -> DecimalType:  # noqa: N802
    """Return DECIMAL(precision, scale).

    >>> Decimal(10, 2)
    DECIMAL(10, 2)
    """
    return DecimalType("DECIMAL", precision, scale)


def Array(element: DataType) -> ArrayType:  # noqa: N802
    """Return an ARRAY of `element`.

    >>> Array(Int64)
    ARRAY<BIGINT>
    """
    return ArrayType("ARRAY", element)


def Map(key: DataType, value: DataType) -> MapType:  # noqa: N802
    """Return a MAP from `key` to `value`.

    >>> Map(String, Int64)
    MAP<STRING, BIGINT>
    """
    return MapType("MAP", key, value)


def Struct(**fields: DataType) -> StructType:  # noqa: N802
    """Return a STRUCT of the named fields, in their order.

    >>> Struct(city=String, zip=Int32)
    STRUCT<city: STRING, zip: INT>
    """
    return StructType("STRUCT", tuple(fields.items()))


def is_integer(dtype: DataType) -> bool:
    """Whether the type is INT or BIGINT."""
    return dtype in (Int32, Int64)


def is_float(dtype: DataType) -> bool:
    """Whether the type is FLOAT or DOUBLE."""
    return dtype in (Float32, Float64)


def is_decimal(dtype: DataType) -> bool:
    """Whether the type is a DECIMAL."""
    return isinstance(dtype, DecimalType)


def holds_map(dtype: DataType) -> bool:
    """Whether a MAP is in a value of the type: it has no order."""
    if isinstance(dtype, ArrayType):
        return holds_map(dtype.element)
    if isinstance(dtype, StructType):
        return any(holds_map(field) for _, field in dtype.fields)
    return isinstance(dtype, MapType)


def holds_instant(dtype: DataType) -> bool:
    """Whether a TIMESTAMP is in a value of the type."""
    if isinstance(dtype, ArrayType):
        return holds_instant(dtype.element)
    if isinstance(dtype, MapType):
        return holds_instant(dtype.key) or holds_instant(dtype.value)
    if isinstance(dtype, StructType):
        return any(holds_instant(field) for _, field in dtype.fields)
    return dtype == Timestamp


def is_numeric(dtype: DataType) -> bool:
    """Whether the type is an integer, a float or a decimal."""
    return is_integer(dtype) or is_float(dtype) or isinstance(dtype, DecimalType)


def is_type(value: object) -> bool:
    """Whether a value is a type, and so is every type in it; a STRUCT has fields.

    >>> is_type(Array(Int64)), is_type(Array(int)), is_type(Struct())
    (True, False, False)
    """
    if isinstance(value, ArrayType):
        return is_type(value.element)
    if isinstance(value, MapType):
        return is_type(value.key) and is_type(value.value)
    if isinstance(value, StructType):
        return bool(value.fields) and all(is_type(field) for _, field in value.fields)
    return isinstance(value, DataType)


def is_nested(dtype: DataType) -> bool:
    """Whether the type is an ARRAY, a MAP or a STRUCT."""
    return isinstance(dtype, ArrayType | MapType | StructType)


def has_equality(dtype: DataType, *, within: bool = False) -> bool:
    """Whether values of a nested type are compared alike by all engines: what is in them is exact and no
    DATE, and a MAP, whose keys are STRING, is in no other value.
    """
    if isinstance(dtype, ArrayType):
        return has_equality(dtype.element, within=True)
    if isinstance(dtype, StructType):
        return all(has_equality(field, within=True) for _, field in dtype.fields)
    if isinstance(dtype, MapType):
        return not within and dtype.key == String and has_equality(dtype.value, within=True)
    return not is_float(dtype) and dtype not in (Date, Null)


@dataclass(frozen=True)
class Schema:
    """The columns of a relation: names and types, in order. Names keep their case.

    Raises SchemaError when a name comes twice.
    """

    columns: tuple[tuple[str, DataType], ...]

    def __post_init__(self) -> None:
        if len(self._types) < len(self.columns):
            twice = next(name for name in self.names if self.names.count(name) > 1)
            raise SchemaError(f"the column {twice!r} comes twice")

    @cached_property
    def _types(self) -> dict[str, DataType]:
        return dict(self.columns)

    def __iter__(self) -> Iterator[tuple[str, DataType]]:
        return iter(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self._types

    def __getitem__(self, name: str) -> DataType:
        if name not in self._types:
            raise SchemaError(f"there is no column {name!r} among {', '.join(self.names)}")
        return self._types[name]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(name for name, _ in self.columns)

    def select(self, names: tuple[str, ...]) -> Schema:
        """Return the schema of these columns, in this order."""
        return Schema(tuple((name, self[name]) for name in names))

    def extend(self, more: tuple[tuple[str, DataType], ...]) -> Schema:
        """Return the schema with columns added at the end; one of a known name replaces it."""
        replaced = dict(more)
        kept = tuple((name, replaced.get(name, dtype)) for name, dtype in self.columns)
        return Schema(kept + tuple((name, dtype) for name, dtype in more if name not in self))
