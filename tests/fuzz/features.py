"""Random features: expressions, aggregates, joins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlfeat.errors import SqlfeatError
from sqlfeat.expr.aggregates import AGGREGATES, aggregate
from sqlfeat.expr.coercion import widens
from sqlfeat.expr.nodes import Expr
from sqlfeat.expr.resolve import resolve
from sqlfeat.types import (
    ArrayType,
    Boolean,
    DataType,
    Decimal,
    Float32,
    Float64,
    Int32,
    Int64,
    MapType,
    StructType,
    is_float,
)
from tests.fuzz.expressions import Expressions, Grade, ImpossibleError, Known, Value
from tests.fuzz.model import Made
from tests.fuzz.sayable import share_of
from tests.fuzz.sources import SEQUENCE
from tests.fuzz.weights import (
    AGGREGATE_WEIGHTS,
    DECLARED,
    LONGEST_DAYS,
    ROUGH_AGGREGATES,
    SUMMING,
    TAME_AGGREGATES,
    WINDOW_OPTIONS,
    chosen,
)

WIDER: tuple[DataType, ...] = (Int64, Float64, Decimal(38, 4), Decimal(22, 4))
SUMMED: tuple[DataType, ...] = (Int32, Int64, Float64, Float32, Decimal(9, 2), Decimal(18, 4))
UNORDERED = (ArrayType, MapType, StructType)


@dataclass(frozen=True)
class Aggregated:
    """An aggregate of an expression of some type: what a window computes."""

    name: str
    expr: Expr | str
    input: DataType
    type: DataType
    grade: Grade


def random_aggregate(expressions: Expressions, rnd: Random, sliding: bool) -> Aggregated:
    """Return an aggregate over some columns. What adds up gets small exact numbers."""
    weights = {name: AGGREGATE_WEIGHTS.get(name, 1.0) for name in AGGREGATES}
    for _ in range(50):
        name = chosen(weights, rnd)
        if name == "COUNT" and rnd.random() < 0.3:
            return Aggregated(name, "*", Int64, Int64, Grade.TAME)
        try:
            value = _input(name, expressions, rnd)
            call = aggregate(name, resolve(value.expr, expressions.schema), None)
        except (ImpossibleError, SqlfeatError):
            continue
        if rnd.random() >= share_of(name, value.type, sliding):
            continue
        return Aggregated(name, value.expr, value.type, call.type, _grade(name, value))
    raise ImpossibleError


def most_recent(found: Aggregated, columns: Iterable[str], rnd: Random, sliding: bool) -> dict[str, Any]:
    """Return a limit and a tie_breaker, if every dialect says them of the aggregate."""
    options: dict[str, Any] = {}
    if rnd.random() < WINDOW_OPTIONS["limit"]:
        options["limit"] = rnd.choice([1, 2, 2, 3, 7])
    needed = options and isinstance(found.input, UNORDERED)
    if SEQUENCE in columns and (needed or rnd.random() < WINDOW_OPTIONS["tie_breaker"]):
        options["tie_breaker"] = SEQUENCE
    if needed and "tie_breaker" not in options:
        return {}
    share = share_of(found.name, found.input, sliding, tuple(options)) if options else 0.0
    return options if rnd.random() < share else {}


def _input(name: str, expressions: Expressions, rnd: Random) -> Value:
    if name not in SUMMING:
        return expressions.any(rnd.choice([0, 0, 1, 2]))
    value = expressions.of(rnd.choice(SUMMED), rnd.choice([0, 0, 1, 2]), tame=True)
    if value.grade < Grade.TAME:
        raise ImpossibleError
    return value


def _grade(name: str, value: Value) -> Grade:
    if name in ROUGH_AGGREGATES:
        return Grade.ROUGH
    if name == "COUNT":
        return Grade.TAME
    return value.grade if name in TAME_AGGREGATES else min(value.grade, Grade.EXACT)


def declared(dtype: DataType, grade: Grade, rnd: Random) -> dict[str, Any]:
    """Return the `dtype=` of a feature: mostly none, sometimes a wider type."""
    wider = [one for one in WIDER if one != dtype and widens(dtype, one)]
    if not wider or rnd.random() > DECLARED:
        return {}
    return {"dtype": rnd.choice(wider)}


def feature(name: str, transform: object, dtype: dict[str, Any]) -> Made:
    return Made("Feature", {"name": name, "transform": transform, **dtype})


def condition(expressions: Expressions, rnd: Random) -> Expr | None:
    """Return a condition over the columns; None where none can be made."""
    try:
        return expressions.of(Boolean, rnd.choice([1, 1, 2])).expr
    except ImpossibleError:
        return None


def span(count: int, unit_ms: int) -> timedelta:
    """Return so many units, or as long as a window may be."""
    return min(timedelta(milliseconds=count * unit_ms), timedelta(days=LONGEST_DAYS))


def barely(size: timedelta, rnd: Random) -> timedelta:
    """Return the span, or a millisecond less: rows lie on its end, or barely beyond it."""
    return size - timedelta(milliseconds=1) if size and rnd.random() < 0.35 else size


def groupable(columns: list[Known]) -> list[str]:
    """Return the columns that rows can be grouped by."""
    return [
        column.name
        for column in columns
        if column.grade > Grade.ROUGH
        and not isinstance(column.type, UNORDERED)
        and not is_float(column.type)
    ]
