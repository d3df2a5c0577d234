"""Arrays, maps and structs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlfeat.types import ArrayType, Boolean, Int32, MapType, StructType

from .errors import OracleError
from .formulas import Formula, Rule, Values, strict
from .logic import meeting
from .ordering import rank

if TYPE_CHECKING:
    from collections.abc import Sequence


def _holder(name: str, arg: Formula, *kinds: type) -> Any:
    if not isinstance(arg.type, kinds):
        raise OracleError(f"{name} does not take {arg.type}")
    return arg.type


def array(name: str, args: Sequence[Formula]) -> Formula:
    """Hold the values, NULLs among them, as values of the type that they meet in."""
    sides = meeting(args)
    dtype = next(one.type for one in sides)
    return Formula(ArrayType("ARRAY", dtype), lambda row: [side.value(row) for side in sides])


def mapping(name: str, args: Sequence[Formula]) -> Formula:
    """Hold values by their keys. A map of which a key is NULL is NULL."""
    keys, values = meeting(args[::2]), meeting(args[1::2])

    def value(row: Values) -> object:
        made = {key.value(row): value.value(row) for key, value in zip(keys, values, strict=True)}
        return None if None in made else made

    return Formula(MapType("MAP", keys[0].type, values[0].type), value)


def element(name: str, args: Sequence[Formula]) -> Formula:
    """Return the value of a key, or the element of an array, counted from 1; NULL if there is none."""
    dtype = _holder(name, args[0], ArrayType, MapType)
    if isinstance(dtype, MapType):
        return strict(dtype.value, [args[0], args[1].as_type(dtype.key)], lambda held, key: held.get(key))

    def compute(held: list[object], place: int) -> object:
        return held[place - 1] if 1 <= place <= len(held) else None

    return strict(dtype.element, args, compute)


def field(name: str, args: Sequence[Formula]) -> Formula:
    dtype, wanted = _holder(name, args[0], StructType), str(args[1].literal)
    return strict(dict(dtype.fields)[wanted], args[:1], lambda held: held[wanted])


def cardinality(name: str, args: Sequence[Formula]) -> Formula:
    _holder(name, args[0], ArrayType, MapType)
    return strict(Int32, args, len)


def contains(name: str, args: Sequence[Formula]) -> Formula:
    """Ask whether an element equals the value; an element that is NULL equals none."""
    dtype = _holder(name, args[0], ArrayType)

    def compute(held: list[object], value: object) -> bool:
        return any(one is not None and rank(one) == rank(value) for one in held)

    return strict(Boolean, [args[0], args[1].as_type(dtype.element)], compute)


def keys(name: str, args: Sequence[Formula]) -> Formula:
    dtype = _holder(name, args[0], MapType)
    return strict(ArrayType("ARRAY", dtype.key), args, lambda held: sorted(held, key=rank))


def values(name: str, args: Sequence[Formula]) -> Formula:
    dtype = _holder(name, args[0], MapType)
    result = ArrayType("ARRAY", dtype.value)
    return strict(result, args, lambda held: sorted(held.values(), key=rank))


COLLECTIONS: dict[str, Rule] = {
    "ARRAY": array,
    "MAP": mapping,
    "[]": element,
    ".": field,
    **dict.fromkeys(("CARDINALITY", "SIZE"), cardinality),
    "ARRAY_CONTAINS": contains,
    "MAP_KEYS": keys,
    "MAP_VALUES": values,
}
