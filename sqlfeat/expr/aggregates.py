"""The closed table of aggregates: the type each takes and gives, and what it gives for no rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.coercion import cast
from sqlfeat.expr.nodes import Column, Expr, Literal, type_of
from sqlfeat.types import (
    Array,
    ArrayType,
    DataType,
    DecimalType,
    Float64,
    Int64,
    Map,
    MapType,
    Null,
    StructType,
    Unknown,
    holds_map,
    is_float,
    is_integer,
    is_numeric,
)


@dataclass(frozen=True)
class Kind:
    """The types that an aggregate takes, why no others, and what to take instead."""

    holds: Callable[[DataType], bool]
    reason: str = ""
    allowed: str = ""


@dataclass(frozen=True)
class Aggregate:
    """A row of the table.

    `result` gives the result's type for the input's; `takes` the type that the input is cast to, so
    that every engine computes in it; `accepts` which inputs it takes at all; `zero` whether no values
    give 0 (else NULL); `ordered` whether the order of the rows matters. `empty` says that it gives no
    NULL but an empty array when the window holds rows, none of which counts. `same_as` is the
    aggregate that computes it, in a window that ends at a row.
    """

    name: str
    takes: Callable[[DataType], DataType]
    result: Callable[[DataType], DataType]
    accepts: Kind
    zero: bool
    ordered: bool
    meaning: str
    empty: bool = False
    same_as: str = ""


@dataclass(frozen=True)
class AggregateCall:
    """An aggregate over the rows of a window that match `where` (None: all of them), of these over the
    `limit` most recent (None: all of them).

    Of rows of one time, the one with the greatest `tie_breaker` is the most recent, then the one with
    the greatest value; NULL is the least. `arg` is None for COUNT(*). The expressions are resolved;
    `type` is what comes out.
    """

    name: str
    arg: Expr | None
    where: Expr | None
    type: DataType
    limit: int | None = None
    tie_breaker: Column | None = None

    @property
    def zero(self) -> bool:
        """Whether no rows give 0 rather than NULL."""
        return self.name in AGGREGATES and AGGREGATES[self.name].zero


def _same(dtype: DataType) -> DataType:
    return dtype


def _sum_type(dtype: DataType) -> DataType:
    if isinstance(dtype, DecimalType):
        return DecimalType("DECIMAL", 38, dtype.scale)
    return Float64 if is_float(dtype) else Int64


def _summed_as(dtype: DataType) -> DataType:
    if isinstance(dtype, DecimalType):
        return dtype
    return Float64 if is_float(dtype) else Int64


def _double(dtype: DataType) -> DataType:
    return Float64


def _bigint(dtype: DataType) -> DataType:
    return Int64


def _list(dtype: DataType) -> DataType:
    return Array(dtype)


def _counts(dtype: DataType) -> DataType:
    return Map(dtype, Int64)


def _is_scalar(dtype: DataType) -> bool:
    return not isinstance(dtype, ArrayType | MapType | StructType)


ANY = Kind(lambda dtype: True)
NUMBERS = Kind(is_numeric, allowed="It takes numbers.")
ORDERED = Kind(_is_scalar, ": it has no order", "Take one of its elements in an expression before.")
COMPARED = Kind(
    _is_scalar, ": such values are not compared", "Take one of its elements in an expression before."
)

AGGREGATES: dict[str, Aggregate] = {
    row.name: row
    for row in (
        Aggregate("SUM", _summed_as, _sum_type, NUMBERS, True, False, "the sum"),
        Aggregate("COUNT", _same, _bigint, ANY, True, False, "how many are not NULL"),
        Aggregate("COUNT_DISTINCT", _same, _bigint, COMPARED, True, False, "how many different ones"),
        Aggregate("AVG", _double, _double, NUMBERS, False, False, "the mean"),
        Aggregate("STDDEV_POP", _double, _double, NUMBERS, False, False, "the root of VAR_POP"),
        Aggregate("STDDEV_SAMP", _double, _double, NUMBERS, False, False, "the root of VAR_SAMP"),
        Aggregate("VAR_POP", _double, _double, NUMBERS, False, False, "the mean squared deviation"),
        Aggregate("VAR_SAMP", _double, _double, NUMBERS, False, False, "the same of a sample: by n - 1"),
        Aggregate("MIN", _same, _same, ORDERED, False, False, "the least"),
        Aggregate("MAX", _same, _same, ORDERED, False, False, "the greatest"),
        Aggregate("FIRST_VALUE", _same, _same, ANY, False, True, "the earliest"),
        Aggregate("LAST_VALUE", _same, _same, ANY, False, True, "the latest"),
        Aggregate("ROW_NUMBER", _same, _bigint, ANY, True, False, "which one it is", same_as="COUNT"),
        Aggregate("COLLECT_LIST", _same, _list, ANY, False, True, "all, oldest first", empty=True),
        Aggregate("VALUE_COUNTS", _same, _counts, COMPARED, False, False, "how many of each value"),
    )
}
COUNTING = ("COUNT", "ROW_NUMBER")
"""Aggregates of rows: they take "*" or a constant."""


def aggregate(
    name: str,
    arg: Expr | None,
    where: Expr | None,
    limit: int | None = None,
    tie_breaker: Column | None = None,
) -> AggregateCall:
    """Return the call of an aggregate on a resolved argument, typed by the contract.

    Raises ExpressionError for an aggregate outside the table or an input of a wrong type.
    """
    row = AGGREGATES.get(name.upper())
    if row is None:
        near = nearest(name, AGGREGATES)
        known = f"The aggregates are: {', '.join(AGGREGATES)}."
        hint = f"Did you mean {near}? {known}" if near else known
        raise ExpressionError(f"there is no aggregate {name}.", hint)
    if arg is None:
        return AggregateCall(row.same_as or row.name, None, where, Int64, limit, tie_breaker)
    dtype = type_of(arg)
    if dtype == Unknown:
        return AggregateCall(row.name, arg, where, Unknown)
    _check(row, dtype, limit, tie_breaker)
    name = row.same_as or row.name
    if row.name in COUNTING and isinstance(arg, Literal) and arg.value is not None:
        return AggregateCall(name, None, where, Int64, limit, tie_breaker)
    given = _in_type(arg, row.takes(dtype))
    return AggregateCall(name, given, where, row.result(dtype), limit, tie_breaker)


def _check(row: Aggregate, dtype: DataType, limit: int | None, tie_breaker: Column | None) -> None:
    """Raise ExpressionError for an input that the aggregate does not take, or cannot put in order."""
    if dtype == Null:
        raise ExpressionError(f"{row.name} of a bare NULL has no type.", "CAST(NULL AS …).")
    if not row.accepts.holds(dtype):
        fault = f"{row.name} does not take {dtype}{row.accepts.reason}."
        raise ExpressionError(fault, row.accepts.allowed)
    if tie_breaker is not None and limit is None and not row.ordered:
        fault = f"the tie_breaker decides nothing: {row.name} is the same in any order of the rows."
        raise ExpressionError(fault, "Set a limit, or leave it out.")
    if not (row.ordered or limit) or not holds_map(dtype):
        return
    if tie_breaker is None or limit or row.empty:
        one = row.name in ("FIRST_VALUE", "LAST_VALUE") and not limit
        allowed = "Set a tie_breaker." if one else "Take one of its elements in an expression before."
        fault = f"{row.name} of {dtype}: a MAP has no order, which decides among rows of one time."
        raise ExpressionError(fault, allowed)


def _in_type(arg: Expr, target: DataType) -> Expr:
    """Cast the input of an aggregate; an integer literal that becomes BIGINT needs the cast too."""
    return arg if is_integer(type_of(arg)) and type_of(arg) == target else cast(arg, target)
