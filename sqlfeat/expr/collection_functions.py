"""Arrays, maps and structs: how what makes them and what reads them is typed."""

from __future__ import annotations

from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.coercion import common_type, widens
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.signatures import Function, Signature, fault, table
from sqlfeat.types import (
    ArrayType,
    Boolean,
    Bytes,
    DataType,
    Int32,
    MapType,
    Null,
    String,
    StructType,
    Unknown,
    is_float,
    is_integer,
    is_nested,
)


def _is_known(dtype: DataType) -> bool:
    return dtype not in (Unknown, Null)


def _array(name: str, args: tuple[Expr, ...]) -> Signature:
    element = _one_type(name, args, args)
    result = ArrayType("ARRAY", element) if element != Unknown else Unknown
    return Signature((element,) * len(args), result)


def _one_type(name: str, args: tuple[Expr, ...], values: tuple[Expr, ...]) -> DataType:
    """Return the one type in which values meet; one that no value gives is a fault."""
    meeting = common_type(type_of(value) for value in values)
    if meeting is None:
        raise fault(name, args, "The values must be of one type: CAST some of them.")
    if meeting == Null:
        raise ExpressionError(f"{name} of NULLs alone has no type.", "CAST(NULL AS …) one of them.")
    return meeting


def _map(name: str, args: tuple[Expr, ...]) -> Signature:
    if len(args) % 2:
        raise ExpressionError(f"{name} takes keys and values in turn.", "MAP['a', 1, 'b', 2].")
    keys, values = args[::2], args[1::2]
    key, value = _one_type(name, args, keys), _one_type(name, args, values)
    if Unknown in (key, value):
        return Signature(tuple(map(type_of, args)), Unknown)
    _check_keys(name, keys, key)
    return Signature((key, value) * len(keys), MapType("MAP", key, value))


def _check_keys(name: str, keys: tuple[Expr, ...], dtype: DataType) -> None:
    if is_nested(dtype) or is_float(dtype) or dtype == Bytes:
        raise ExpressionError(f"{name} does not take keys of {dtype}.", "Keys are exact: CAST them.")
    texts = [key.value for key in keys if isinstance(key, Literal)]
    if len(keys) > 1 and (len(texts) < len(keys) or None in texts or len(set(texts)) < len(texts)):
        raise ExpressionError(
            f"the keys of {name} are not constants, each another one.",
            "Several keys that are computed could be equal; one alone may be computed.",
        )


def _element(name: str, args: tuple[Expr, ...]) -> Signature:
    holder, index = map(type_of, args)
    if Unknown in (holder, index):
        return Signature((holder, index), Unknown)
    if isinstance(holder, MapType):
        if not widens(index, holder.key):
            raise ExpressionError(
                f"{holder} has no key of type {index}.", "CAST it to the type of the keys."
            )
        return Signature((holder, holder.key), holder.value)
    if not isinstance(holder, ArrayType):
        raise ExpressionError(f"{holder} has no elements.", "Those of an ARRAY or a MAP are read by […].")
    if not (is_integer(index) or index == Null):
        raise ExpressionError(f"an ARRAY has no element {index}.", "Elements are counted from 1.")
    _check_place(args[1])
    return Signature((holder, Int32 if index == Null else index), holder.element)


def _check_place(index: Expr) -> None:
    if isinstance(index, Literal) and isinstance(index.value, int) and not 1 <= index.value < 2**31:
        raise ExpressionError(f"an ARRAY has no element {index.value}.", "Elements are counted from 1.")


def _field(name: str, args: tuple[Expr, ...]) -> Signature:
    holder, field = type_of(args[0]), args[1]
    assert isinstance(field, Literal)
    if holder == Unknown:
        return Signature((holder, String), Unknown)
    if not isinstance(holder, StructType):
        hint = "A column of another table is brought in by a JoinTransform."
        raise ExpressionError(f"{holder} has no fields, and no {field.value!r}.", hint)
    fields = dict(holder.fields)
    if field.value not in fields:
        near = nearest(str(field.value), fields)
        allowed = f"Did you mean {near!r}?" if near else f"There are: {', '.join(fields)}."
        raise ExpressionError(f"{holder} has no field {field.value!r}.", allowed)
    return Signature((holder, String), fields[str(field.value)])


def _cardinality(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = type_of(args[0])
    if not isinstance(dtype, ArrayType | MapType) and dtype != Unknown:
        raise fault(name, args, "It takes an ARRAY or a MAP.")
    return Signature((dtype,), Int32)


def _contains(name: str, args: tuple[Expr, ...]) -> Signature:
    holder, value = map(type_of, args)
    if Unknown in (holder, value):
        return Signature((holder, value), Boolean)
    if not isinstance(holder, ArrayType):
        raise fault(name, args, "It takes an ARRAY and a value.")
    if is_nested(holder.element) or not widens(value, holder.element):
        raise fault(name, args, "The value is of the type of the elements, which is not nested: CAST it.")
    return Signature((holder, holder.element), Boolean)


def _keys(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = type_of(args[0])
    if isinstance(dtype, MapType):
        return _sorted(name, dtype, dtype.key)
    return _no_map(name, args)


def _values(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = type_of(args[0])
    if isinstance(dtype, MapType):
        return _sorted(name, dtype, dtype.value)
    return _no_map(name, args)


def _no_map(name: str, args: tuple[Expr, ...]) -> Signature:
    if type_of(args[0]) == Unknown:
        return Signature((Unknown,), Unknown)
    raise fault(name, args, "It takes a MAP.")


def _sorted(name: str, dtype: MapType, element: DataType) -> Signature:
    """A map has no order: what is in it comes out sorted, where the engines sort it alike."""
    if is_nested(element) or element in (Boolean, Bytes):
        fault_ = f"{name} does not take {dtype}: {element} is not sorted alike by all engines."
        raise ExpressionError(fault_, "Read single values: m['key'].")
    return Signature((dtype,), ArrayType("ARRAY", element))


COLLECTION_FUNCTIONS = table(
    Function(
        "ARRAY",
        1,
        None,
        _array,
        "ARRAY[value, …] → ARRAY of their type",
        "the values, in this order",
        "also ARRAY(value, …)",
    ),
    Function(
        "MAP",
        2,
        None,
        _map,
        "MAP[key, value, …] → MAP of their types",
        "the values by their keys; NULL where a key is",
        "also MAP(key, value, …); several keys are constants, one alone may be computed",
    ),
    Function(
        "[]",
        2,
        2,
        _element,
        "array[integer], map[key] → the type of the elements",
        "the element of an array, counted from 1, or the value of a key; NULL where there is none",
    ),
    Function(
        ".",
        2,
        2,
        _field,
        "struct.field → the type of the field",
        "the field; NULL of a struct that is NULL",
    ),
    Function(
        "CARDINALITY",
        1,
        1,
        _cardinality,
        "CARDINALITY(ARRAY or MAP) → INT",
        "how many elements or keys it has, NULLs among them",
    ),
    Function(
        "ARRAY_CONTAINS",
        2,
        2,
        _contains,
        "ARRAY_CONTAINS(ARRAY, value) → BOOLEAN",
        "whether an element equals the value",
        "NULL of a NULL array or value; an element that is NULL equals nothing",
    ),
    Function("MAP_KEYS", 1, 1, _keys, "MAP_KEYS(MAP) → ARRAY", "the keys, in ascending order"),
    Function(
        "MAP_VALUES",
        1,
        1,
        _values,
        "MAP_VALUES(MAP) → ARRAY",
        "the values, in ascending order, NULLs first",
        "not in the order of the keys",
    ),
)
