"""Which types each function of the closed table takes and gives, found out by asking its rule."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from sqlfeat.errors import SqlfeatError
from sqlfeat.expr.coercion import castable
from sqlfeat.expr.functions import FUNCTIONS
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.expr.resolve import resolve
from sqlfeat.types import (
    Array,
    Boolean,
    Bytes,
    DataType,
    Date,
    Decimal,
    Float32,
    Float64,
    Int32,
    Int64,
    Map,
    Schema,
    String,
    Struct,
    Timestamp,
)
from tests.fuzz.weights import ALWAYS_LITERAL, LEFT_OUT, LITERALS

UNIVERSE: tuple[DataType, ...] = (
    Boolean,
    Int32,
    Int64,
    Float32,
    Float64,
    Decimal(9, 2),
    Decimal(18, 4),
    Decimal(38, 2),
    String,
    Bytes,
    Date,
    Timestamp,
    Array(Int64),
    Array(String),
    Map(String, Int64),
    Struct(a=Int32, b=String),
)
"""The types of columns that sources have."""

MOST_ARGUMENTS = 3


@dataclass(frozen=True)
class Shape:
    """A way to call a function: the types of its arguments, and where a constant must stand."""

    name: str
    args: tuple[DataType, ...]
    literal: tuple[bool, ...]
    result: DataType


@functools.cache
def shapes_of() -> tuple[Shape, ...]:
    """Return every way to call every function on columns of the types of sources."""
    return tuple(shape for name in FUNCTIONS for shape in _shapes(name))


@functools.cache
def shapes_to(dtype: DataType) -> tuple[Shape, ...]:
    """Return the ways to call a function that give a type."""
    return tuple(shape for shape in shapes_of() if shape.result == dtype)


@functools.cache
def casts_to(dtype: DataType) -> tuple[DataType, ...]:
    """Return the types that can be cast to one."""
    return tuple(source for source in UNIVERSE if source != dtype and castable(source, dtype))


SCHEMA = Schema(tuple((f"c{place}", dtype) for place, dtype in enumerate(UNIVERSE)))


def _shapes(name: str) -> Iterator[Shape]:
    """Ask the rule: first about each argument alone, so that few are left to be combined."""
    row = FUNCTIONS[name]
    most = MOST_ARGUMENTS if row.most is None else min(row.most, MOST_ARGUMENTS)
    for count in range(row.least, max(most, row.least) + 1):
        if count > MOST_ARGUMENTS and name != "CASE":
            continue
        for types in itertools.product(UNIVERSE, repeat=count):
            found = _asked(name, types)
            if found is not None:
                yield found


def _asked(name: str, types: tuple[DataType, ...]) -> Shape | None:
    columns: list[Expr] = [Column(f"c{UNIVERSE.index(dtype)}", dtype) for dtype in types]
    constants = [LITERALS.get((name, place)) for place in range(len(types))]
    if (name, types[0]) in LEFT_OUT:
        return None
    for literal in itertools.product(*[_choices(name, place) for place in range(len(types))]):
        args = tuple(
            Literal(constants[place][0]) if is_literal else columns[place]  # type: ignore[index]
            for place, is_literal in enumerate(literal)
        )
        fits = all(
            not is_literal or type_of(resolve(args[place], SCHEMA)) == types[place]
            for place, is_literal in enumerate(literal)
        )
        try:
            if fits:
                result = type_of(resolve(Call(name, args), SCHEMA))
                return Shape(name, types, literal, result)
        except (SqlfeatError, AssertionError):
            continue
    return None


def _choices(name: str, place: int) -> tuple[bool, ...]:
    """Return whether a constant may stand in a place, or must."""
    if (name, place) in ALWAYS_LITERAL:
        return (True,)
    return (False, True) if (name, place) in LITERALS else (False,)
