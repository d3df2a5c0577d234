"""Aggregates: what comes of the rows of a window."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlfeat.types import DataType, DecimalType, Float32, Float64, Int32, Int64

from .conversions import EXACT, as_type
from .errors import OracleError
from .expressions import formula
from .formulas import Formula, constant
from .ordering import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from .relation import Row


@dataclass(frozen=True)
class Aggregate:
    """A row of the table. `none` is what comes of no values.

    `of` computes from the values that are not NULL, at least one, in order of event time; those of
    one time from the least to the greatest.
    """

    result: Callable[[DataType], DataType]
    of: Callable[[list], object]
    none: object = None


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


AGGREGATES: dict[str, Aggregate] = {
    "SUM": Aggregate(_sum_type, _sum, none=0),
    "COUNT": Aggregate(lambda dtype: Int64, len, none=0),
    "AVG": Aggregate(_double, _mean),
    "MIN": Aggregate(_same, lambda values: min(values, key=rank)),
    "MAX": Aggregate(_same, lambda values: max(values, key=rank)),
    "FIRST_VALUE": Aggregate(_same, lambda values: values[0]),
    "LAST_VALUE": Aggregate(_same, lambda values: values[-1]),
}


@dataclass(frozen=True)
class Measure:
    """An aggregate of an expression over those rows that match a filter. `none`: of no rows."""

    type: DataType
    of: Callable[[Sequence[Row]], object]
    none: object


def measure(
    name: str, expr: object, where: object, columns: Mapping[str, DataType], zone: ZoneInfo
) -> Measure:
    """Return the aggregate of this name; of "*" or a constant, COUNT counts rows."""
    if name.upper() not in AGGREGATES:
        raise OracleError(f"there is no aggregate {name}")
    aggregate = AGGREGATES[name.upper()]
    is_star = isinstance(expr, str) and expr == "*"
    arg = constant(1) if is_star else formula(expr, columns, zone)
    matches = constant(True) if where is None else formula(where, columns, zone)
    dtype = aggregate.result(arg.type)
    none = as_type(aggregate.none, dtype)

    def of(rows: Sequence[Row]) -> object:
        values = _values([row for row in rows if matches.value(row.values) is True], arg)
        return as_type(aggregate.of(values), dtype) if values else none

    return Measure(dtype, of, none)


def _values(rows: Sequence[Row], arg: Formula) -> list:
    """Return the values of rows that are not NULL, in order of event time, then of the values."""
    pairs = [(row.time, arg.value(row.values)) for row in rows]
    given = [(time, value) for time, value in pairs if value is not None]
    return [value for _, value in sorted(given, key=lambda pair: (pair[0], rank(pair[1])))]
