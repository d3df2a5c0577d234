"""Which types go together, by the contract, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlfeat.expr.nodes import Call, Expr, Literal, type_of
from sqlfeat.types import (
    Boolean,
    Bytes,
    DataType,
    Date,
    DecimalType,
    Float32,
    Float64,
    Int32,
    Int64,
    Null,
    String,
    Timestamp,
    Unknown,
    is_float,
    is_integer,
    is_numeric,
)

INTEGER_DIGITS = {Int32: 10, Int64: 19}


def as_decimal(dtype: DataType) -> DecimalType | None:
    """Return the DECIMAL that holds every value of an exact numeric type, or None."""
    if isinstance(dtype, DecimalType):
        return dtype
    digits = INTEGER_DIGITS.get(dtype)
    return None if digits is None else DecimalType("DECIMAL", digits, 0)


def common_type(types: Iterable[DataType]) -> DataType | None:
    """Return the type that values of all these types can take without loss, or None.

    An integer and a float meet in DOUBLE, two exact types in a DECIMAL that holds both.

    >>> from sqlfeat.types import Decimal
    >>> common_type([Int32, Int64]), common_type([Int64, Float32]), common_type([Int32, String])
    (BIGINT, DOUBLE, None)
    """
    kinds = [dtype for dtype in dict.fromkeys(types) if dtype != Null]
    if not kinds:
        return Null
    if Unknown in kinds:
        return Unknown
    if len(kinds) == 1:
        return kinds[0]
    if not all(is_numeric(dtype) for dtype in kinds):
        return None
    if any(is_float(dtype) for dtype in kinds):
        return Float64
    if all(is_integer(dtype) for dtype in kinds):
        return Int64
    return _common_decimal(kinds)


def _common_decimal(kinds: list[DataType]) -> DataType | None:
    decimals = [found for found in map(as_decimal, kinds) if found is not None]
    scale = max(dtype.scale for dtype in decimals)
    whole = max(dtype.precision - dtype.scale for dtype in decimals)
    return DecimalType("DECIMAL", whole + scale, scale) if whole + scale <= 38 else None


def widens(source: DataType, target: DataType) -> bool:
    """Whether every value of `source` is a value of `target`, up to a DOUBLE's precision.

    >>> widens(Int32, Float64), widens(Int64, Int32), widens(String, Int64)
    (True, False, False)
    """
    if Unknown in (source, target) or source in (target, Null):
        return True
    if not (is_numeric(source) and is_numeric(target)):
        return False
    if isinstance(target, DecimalType):
        exact = as_decimal(source)
        return exact is not None and (
            exact.scale <= target.scale
            and exact.precision - exact.scale <= target.precision - target.scale
        )
    if target == Float32:
        return False
    return common_type([source, target]) == target or target == Float64


def castable(source: DataType, target: DataType) -> bool:
    """Whether CAST from `source` to `target` is part of the language, on every engine alike."""
    if widens(source, target):
        return True
    if is_numeric(source) and (is_numeric(target) or target == String):
        return True
    if source == String and is_numeric(target):
        return True
    table: dict[DataType, tuple[DataType, ...]] = {
        String: (Boolean, Date, Timestamp, Bytes),
        Bytes: (String,),
        Boolean: (String, Int32, Int64, Float64),
        Timestamp: (String, Date),
        Date: (String, Timestamp),
    }
    return target in table.get(source, ())


def by_double(source: DataType, target: DataType) -> bool:
    """Whether a CAST goes by way of DOUBLE: those to FLOAT, and of FLOAT to exact types."""
    if target == Float32:
        return source not in (Float32, Float64, Null)
    return source == Float32 and (is_integer(target) or isinstance(target, DecimalType))


def cast(expr: Expr, target: DataType) -> Expr:
    """Return the expression as `target`: unchanged if it already is, a NULL given its type."""
    source = type_of(expr)
    if Unknown in (source, target) or source == target:
        return expr
    if target == Int32 and (narrow := _in_ints(expr)) is not None:
        return narrow
    if isinstance(expr, Literal) and (expr.value is None or is_float(target)):
        value = expr.value if expr.value is None else float(str(expr.value))
        return Literal(value, target)
    return Call("CAST", (expr,), target)


def _in_ints(expr: Expr) -> Expr | None:
    """Return a sum of INTs, as in POSITION('@' IN s) + 1, as an INT: it was made a BIGINT."""
    if isinstance(expr, Literal):
        return expr if expr.type == Int32 else None
    if not isinstance(expr, Call):
        return None
    if expr.function == "CAST" and type_of(expr.args[0]) == Int32:
        return expr.args[0]
    if expr.function not in ("+", "-"):
        return None
    args = [arg if type_of(arg) == Int32 else _in_ints(arg) for arg in expr.args]
    whole = tuple(arg for arg in args if arg is not None)
    return Call(expr.function, whole, Int32) if len(whole) == len(args) else None
