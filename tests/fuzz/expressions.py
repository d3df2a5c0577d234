"""Random expressions of a wanted type, from the closed table of functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from random import Random

from sqlfeat.errors import SqlfeatError
from sqlfeat.expr.coercion import widens
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.expr.resolve import resolve
from sqlfeat.types import (
    SCALARS,
    Boolean,
    Bytes,
    DataType,
    DecimalType,
    Float64,
    Int32,
    Int64,
    Schema,
    String,
    is_numeric,
)
from tests.fuzz.catalog import Shape, casts_to, shapes_of, shapes_to
from tests.fuzz.weights import (
    CAST_SHARE,
    FUNCTION_WEIGHTS,
    LITERALS,
    ROUGH_FUNCTIONS,
    SMALL_NUMBERS,
    TAME_FUNCTIONS,
)


class Grade(IntEnum):
    """What may be computed from a value.

    TAME: a small exact number, that sums exactly. EXACT: the same bits everywhere. ROUGH: only near
    its equal elsewhere, so that nothing may depend on it.
    """

    ROUGH = 0
    EXACT = 1
    TAME = 2


@dataclass(frozen=True)
class Known:
    """A column that expressions may read."""

    name: str
    type: DataType
    grade: Grade


@dataclass(frozen=True)
class Value:
    """An expression, as a definition writes it, with its type."""

    expr: Expr
    type: DataType
    grade: Grade


class ImpossibleError(Exception):
    """There is no such expression over these columns."""


TEXT_LITERALS = ("a", "A", "ab", "", "12", "it's", "%", "x_", "back\\slash", "2022-01-31")
LITERALS_OF: dict[DataType, tuple[object, ...]] = {
    Int32: (0, 1, -1, 2, 7, 100),
    Int64: (3_000_000_000, -9_000_000_000),
    Float64: (0.0, 0.5, -1.5, 2.25, 1e3),
    String: TEXT_LITERALS,
    Boolean: (True, False),
}


class Expressions:
    """Makes expressions over some columns."""

    def __init__(self, rnd: Random, columns: Sequence[Known]) -> None:
        self.rnd = rnd
        self.columns = [column for column in columns if column.grade > Grade.ROUGH]
        self.schema = Schema(tuple((column.name, column.type) for column in columns))

    def any(self, depth: int) -> Value:
        """Return an expression of any type: first a function is chosen, then the types it takes."""
        for _ in range(8):
            if depth == 0 or self.rnd.random() < 0.1:
                return self._column_of(self.rnd.choice(self.columns))
            try:
                return self._call(self._shape(list(shapes_of())), depth, False)
            except ImpossibleError:
                continue
        return self._column_of(self.rnd.choice(self.columns))

    def of(self, dtype: DataType, depth: int, tame: bool = False) -> Value:
        """Return an expression of a type; a tame one is made of small exact numbers."""
        wants_tame = tame and is_numeric(dtype)
        for _ in range(3):
            if depth == 0 or self.rnd.random() < 0.25:
                break
            try:
                if self.rnd.random() < CAST_SHARE:
                    return self._cast(dtype, depth, wants_tame)
                names = [shape for shape in shapes_to(dtype) if not wants_tame or _is_tame(shape)]
                return self._call(self._shape(names), depth, wants_tame)
            except ImpossibleError:
                continue
        return self._leaf(dtype, wants_tame)

    def _shape(self, shapes: list[Shape]) -> Shape:
        """Choose a function by its weight, then one of the ways to call it."""
        by_name: dict[str, list[Shape]] = {}
        for shape in shapes:
            by_name.setdefault(shape.name, []).append(shape)
        if not by_name:
            raise ImpossibleError
        weights = [FUNCTION_WEIGHTS.get(name, 1.0) for name in by_name]
        (chosen,) = self.rnd.choices(list(by_name.values()), weights)
        return self.rnd.choice(chosen)

    def _call(self, shape: Shape, depth: int, tame: bool) -> Value:
        small = tame or (_is_tame(shape) and self.rnd.random() < 0.95)
        args = [self._argument(shape, place, depth - 1, small) for place in range(len(shape.args))]
        return self._checked(Call(shape.name, tuple(arg.expr for arg in args)), args)

    def _argument(self, shape: Shape, place: int, depth: int, tame: bool) -> Value:
        literals = LITERALS.get((shape.name, place))
        if literals is not None and (shape.literal[place] or self.rnd.random() < 0.8):
            value = self.rnd.choice([one for one in literals if type(one) is type(literals[0])])
            return Value(Literal(value), shape.args[place], Grade.TAME)
        return self.of(shape.args[place], depth, tame or (shape.name, place) in SMALL_NUMBERS)

    def _cast(self, dtype: DataType, depth: int, tame: bool) -> Value:
        source = self.rnd.choice(list(casts_to(dtype)) or [dtype])
        if source == dtype:
            raise ImpossibleError
        fails = not widens(source, dtype) and (dtype != String or source == Bytes)
        name = "TRY_CAST" if fails or self.rnd.random() < 0.3 else "CAST"
        arg = self.of(source, depth - 1, tame)
        return self._checked(Call(name, (arg.expr,), dtype), [arg])

    def _checked(self, call: Call, args: list[Value]) -> Value:
        try:
            dtype = type_of(resolve(call, self.schema))
        except SqlfeatError:
            raise ImpossibleError from None
        grade = min((arg.grade for arg in args), default=Grade.EXACT)
        if not (call.function in TAME_FUNCTIONS or call.function in ("CAST", "TRY_CAST")):
            grade = min(grade, Grade.EXACT)
        if call.function in ROUGH_FUNCTIONS:
            grade = Grade.ROUGH
        return Value(call, dtype, grade)

    def _leaf(self, dtype: DataType, tame: bool) -> Value:
        least = Grade.TAME if tame else Grade.EXACT
        fitting = [column for column in self.columns if column.type == dtype and column.grade >= least]
        if fitting and self.rnd.random() < 0.85:
            return self._column_of(self.rnd.choice(fitting))
        if dtype in LITERALS_OF:
            small = tame and dtype == Int64
            value = self.rnd.choice(LITERALS_OF[Int32 if small else dtype])
            grade = Grade.EXACT if dtype == Int64 and not small else Grade.TAME
            return Value(Literal(value), dtype, grade)
        if fitting:
            return self._column_of(self.rnd.choice(fitting))
        if not _has_a_name(dtype) or self.rnd.random() < 0.9:
            raise ImpossibleError
        return self._checked(Call("CAST", (Literal(None),), dtype), [])

    def _column_of(self, column: Known) -> Value:
        return Value(Column(column.name), column.type, column.grade)


def _has_a_name(dtype: DataType) -> bool:
    """Whether a CAST can name the type."""
    return dtype in SCALARS.values() or isinstance(dtype, DecimalType)


def _is_tame(shape: Shape) -> bool:
    return shape.name in TAME_FUNCTIONS
