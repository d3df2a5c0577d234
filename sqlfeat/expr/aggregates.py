"""The closed table of aggregates: the type each takes and gives, and what it gives for no rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.coercion import cast
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.types import (
    ArrayType,
    DataType,
    DecimalType,
    Float64,
    Int64,
    MapType,
    Null,
    StructType,
    Unknown,
    is_float,
    is_integer,
    is_numeric,
)


@dataclass(frozen=True)
class Aggregate:
    """A row of the table.

    `result` gives the result's type for the input's; `takes` the type that the input is cast to, so
    that every engine computes in it; `zero` whether no rows give 0 (else NULL); `ordered` whether the
    order of the rows matters.
    """

    name: str
    takes: Callable[[DataType], DataType]
    result: Callable[[DataType], DataType]
    numeric: bool
    zero: bool
    ordered: bool
    meaning: str


@dataclass(frozen=True)
class AggregateCall:
    """An aggregate over the rows of a window that match `where` (None: all of them).

    `arg` is None for COUNT(*). Both expressions are resolved; `type` is what comes out.
    """

    name: str
    arg: Expr | None
    where: Expr | None
    type: DataType

    @property
    def zero(self) -> bool:
        """Whether no rows give 0 rather than NULL."""
        return AGGREGATES[self.name].zero


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


AGGREGATES: dict[str, Aggregate] = {
    row.name: row
    for row in (
        Aggregate("SUM", _summed_as, _sum_type, True, True, False, "the sum"),
        Aggregate("COUNT", _same, _bigint, False, True, False, "how many are not NULL"),
        Aggregate("AVG", _double, _double, True, False, False, "the mean"),
        Aggregate("MIN", _same, _same, False, False, False, "the least"),
        Aggregate("MAX", _same, _same, False, False, False, "the greatest"),
        Aggregate("FIRST_VALUE", _same, _same, False, False, True, "the earliest"),
        Aggregate("LAST_VALUE", _same, _same, False, False, True, "the latest"),
    )
}


def aggregate(name: str, arg: Expr | None, where: Expr | None) -> AggregateCall:
    """Return the call of an aggregate on a resolved argument, typed by the contract.

    Raises ExpressionError for an aggregate outside the table or an input of a wrong type.
    """
    row = AGGREGATES.get(name.upper())
    if row is None:
        near = nearest(name, AGGREGATES)
        hint = f"Did you mean {near}?" if near else f"The aggregates are: {', '.join(AGGREGATES)}."
        raise ExpressionError(f"there is no aggregate {name}.", hint)
    if arg is None:
        return AggregateCall(row.name, None, where, Int64)
    dtype = type_of(arg)
    if dtype == Unknown:
        return AggregateCall(row.name, arg, where, Unknown)
    if row.numeric and not is_numeric(dtype):
        raise ExpressionError(f"{row.name} does not take {dtype}.", "It takes numbers.")
    if row.name in ("MIN", "MAX") and isinstance(dtype, ArrayType | MapType | StructType):
        raise ExpressionError(f"{row.name} does not take {dtype}: it has no order.")
    if dtype == Null:
        raise ExpressionError(f"{row.name} of a bare NULL has no type.", "CAST(NULL AS …).")
    if row.name == "COUNT" and isinstance(arg, Literal) and arg.value is not None:
        return AggregateCall(row.name, None, where, Int64)
    return AggregateCall(row.name, _in_type(arg, row.takes(dtype)), where, row.result(dtype))


def _in_type(arg: Expr, target: DataType) -> Expr:
    """Cast the input of an aggregate; an integer literal that becomes BIGINT needs the cast too."""
    return arg if is_integer(type_of(arg)) and type_of(arg) == target else cast(arg, target)
