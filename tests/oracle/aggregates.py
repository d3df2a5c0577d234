"""Aggregates: what comes of the rows of a window."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlfeat.types import (
    Array,
    ArrayType,
    DataType,
    DecimalType,
    Float32,
    Float64,
    Int32,
    Int64,
    Map,
    MapType,
    StructType,
)

from .conversions import EXACT, as_type
from .errors import OracleError
from .expressions import formula
from .formulas import Formula, constant
from .ordering import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from sqlfeat.dsl.transforms import OverWindowTransform, SlidingWindowTransform

    from .relation import Row


@dataclass(frozen=True)
class Aggregate:
    """A row of the table. `none` is what comes of no values; `empty` what comes of them in a window
    that holds rows.

    `of` computes from the values that are not NULL, at least one, in order of event time.
    """

    result: Callable[[DataType], DataType]
    of: Callable[[list], object]
    none: object = None
    empty: object = None


def _same(dtype: DataType) -> DataType:
    return dtype


def _number(dtype: DataType) -> DataType:
    if dtype not in (Int32, Int64, Float32, Float64) and not isinstance(dtype, DecimalType):
        raise OracleError(f"{dtype} is not a number")
    return dtype


def _sum_type(dtype: DataType) -> DataType:
    if isinstance(_number(dtype), DecimalType):
        return DecimalType("DECIMAL", 38, dtype.scale)
    return Float64 if dtype in (Float32, Float64) else Int64


def _double(dtype: DataType) -> DataType:
    _number(dtype)
    return Float64


def _sum(values: list) -> object:
    if isinstance(values[0], float):
        return _sum_of_floats(values)
    if isinstance(values[0], Decimal):
        return functools.reduce(EXACT.add, values)
    return sum(values)


def _sum_of_floats(values: list) -> float:
    try:
        return math.fsum(values)
    except (OverflowError, ValueError):  # too large on the way, or both infinities
        return sum(values)


def _mean(values: list) -> float:
    return _sum_of_floats([float(value) for value in values]) / len(values)


def _value_counts(values: list) -> dict:
    counts: dict = {}
    for value in values:
        same = next((one for one in counts if rank(one) == rank(value)), value)
        counts[same] = counts.get(same, 0) + 1
    return counts


def _variance(values: list, freedom: int) -> float | None:
    """Return the squared deviations from the mean, summed, by the number of values less `freedom`."""
    divisor = len(values) - freedom
    if divisor == 0:
        return None
    floats = [float(value) for value in values]
    if not all(map(math.isfinite, floats)):
        return math.nan
    exact = [Fraction(value) for value in floats]
    mean = sum(exact) / len(exact)
    return float(sum((value - mean) ** 2 for value in exact) / divisor)


def _deviation(values: list, freedom: int) -> float | None:
    variance = _variance(values, freedom)
    return None if variance is None else math.sqrt(variance)


def _scalar(dtype: DataType) -> DataType:
    if isinstance(dtype, ArrayType | MapType | StructType):
        raise OracleError(f"values of {dtype} are not compared")
    return dtype


AGGREGATES: dict[str, Aggregate] = {
    "SUM": Aggregate(_sum_type, _sum, none=0),
    "COUNT": Aggregate(lambda dtype: Int64, len, none=0),
    "COUNT_DISTINCT": Aggregate(
        lambda dtype: _scalar(dtype) and Int64, lambda values: len(set(map(rank, values))), none=0
    ),
    "AVG": Aggregate(_double, _mean),
    "VAR_POP": Aggregate(_double, lambda values: _variance(values, 0)),
    "VAR_SAMP": Aggregate(_double, lambda values: _variance(values, 1)),
    "STDDEV_POP": Aggregate(_double, lambda values: _deviation(values, 0)),
    "STDDEV_SAMP": Aggregate(_double, lambda values: _deviation(values, 1)),
    "MIN": Aggregate(_same, lambda values: min(values, key=rank)),
    "MAX": Aggregate(_same, lambda values: max(values, key=rank)),
    "FIRST_VALUE": Aggregate(_same, lambda values: values[0]),
    "LAST_VALUE": Aggregate(_same, lambda values: values[-1]),
    "ROW_NUMBER": Aggregate(lambda dtype: Int64, len, none=0),
    "COLLECT_LIST": Aggregate(Array, list, empty=[]),
    "VALUE_COUNTS": Aggregate(lambda dtype: Map(_scalar(dtype), Int64), _value_counts),
}


@dataclass(frozen=True)
class Measure:
    """An aggregate of an expression over those rows that match a filter, or the latest of these.

    `none` is what it is of no rows.
    """

    type: DataType
    of: Callable[[Sequence[Row]], object]
    none: object


def measure(
    transform: OverWindowTransform | SlidingWindowTransform,
    columns: Mapping[str, DataType],
    zone: ZoneInfo,
) -> Measure:
    """Return the aggregate of a window; of "*" or a constant, COUNT and ROW_NUMBER count rows.

    Of the rows that match, the `limit` latest count.
    """
    name, expr, where = transform.agg_func, transform.expr, transform.filter_expr
    limit, tie_breaker = transform.limit, transform.tie_breaker
    if name.upper() not in AGGREGATES:
        raise OracleError(f"there is no aggregate {name}")
    aggregate = AGGREGATES[name.upper()]
    is_star = isinstance(expr, str) and expr == "*"
    arg = constant(1) if is_star else formula(expr, columns, zone)
    matches = constant(True) if where is None else formula(where, columns, zone)
    dtype = aggregate.result(arg.type)

    def of(rows: Sequence[Row]) -> object:
        matching = _in_order([row for row in rows if matches.value(row.values) is True], arg, tie_breaker)
        counted = matching if limit is None else matching[-limit:]
        values = [value for row in counted if (value := arg.value(row.values)) is not None]
        if values:
            return as_type(aggregate.of(values), dtype)
        return as_type(aggregate.none if not rows or aggregate.empty is None else aggregate.empty, dtype)

    return Measure(dtype, of, as_type(aggregate.none, dtype))


def _in_order(rows: list[Row], arg: Formula, tie_breaker: str | None) -> list[Row]:
    """Return rows by event time; those of one time by the tie-breaker, then by the value; NULL first."""

    def age(row: Row) -> tuple:
        tie = () if tie_breaker is None else rank(row.values[tie_breaker])
        return row.time, tie, rank(arg.value(row.values))

    return sorted(rows, key=age)
