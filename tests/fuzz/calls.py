"""Random calls of Python functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlfeat.types import (
    Array,
    Boolean,
    Bytes,
    DataType,
    Date,
    Decimal,
    Float64,
    Int32,
    Int64,
    Map,
    String,
    Struct,
    Timestamp,
)
from tests.fuzz import python_functions as functions
from tests.fuzz.expressions import Grade, ImpossibleError, Known
from tests.fuzz.model import Made

DECIMALS: tuple[DataType, ...] = (Decimal(9, 2), Decimal(18, 4), Decimal(38, 2))
SHOWN: tuple[DataType, ...] = (
    *(Boolean, Int32, Int64, Float64, *DECIMALS, String, Bytes, Date, Timestamp),
    *(Array(Int64), Array(String), Struct(a=Int32, b=String)),
)
"""Types whose values Python shows in one way: a map has no order."""


@dataclass(frozen=True)
class Function:
    """A function, the types that each of its arguments may have (None: any), and what it gives for the
    type of the first. `alike`: all arguments have one type. `otherwise` are the values that
    stand for an error; without one the function makes none.
    """

    udf: Callable[..., Any]
    takes: tuple[tuple[DataType, ...] | None, ...]
    gives: Callable[[DataType], DataType]
    alike: bool = False
    otherwise: tuple[object, ...] = ()


def _of(dtype: DataType) -> Callable[[DataType], DataType]:
    return lambda _: dtype


def _own(dtype: DataType) -> DataType:
    return dtype


WHOLE = (Int32, Int64)
ARRAYS = {Int64: Array(Int64), String: Array(String)}
FUNCTIONS = (
    Function(functions.same, (None,), _own),
    Function(functions.first_known, (None, None), _own, alike=True),
    Function(functions.is_known, (None,), _of(Boolean)),
    Function(functions.how_many_known, (None, None, None), _of(Int32)),
    Function(functions.shown, (SHOWN,), _of(String)),
    Function(functions.both_shown, (SHOWN, SHOWN), _of(String)),
    Function(functions.length, ((String,),), _of(Int32), otherwise=(-1, None)),
    Function(functions.backwards, ((String,),), _of(String)),
    Function(functions.inverse, (WHOLE,), _of(Float64), otherwise=(0.5, None)),
    Function(functions.last_digits, (WHOLE, WHOLE), _of(Int64)),
    Function(functions.opposite, (DECIMALS,), _own),
    Function(functions.day_before, ((Date,),), _of(Date), otherwise=(None,)),
    Function(functions.hour_later, ((Timestamp,),), _of(Timestamp), otherwise=(None,)),
    Function(functions.pair, (tuple(ARRAYS),) * 2, ARRAYS.__getitem__, alike=True),
    Function(functions.letters, ((String,),), _of(Map(String, Int64))),
    Function(functions.record, ((Int32,), (String,)), _of(Struct(a=Int32, b=String))),
)
KEEPS_GRADE = (functions.same, functions.first_known)


@dataclass(frozen=True)
class Called:
    """A call of a Python function, and what it gives."""

    transform: Made
    type: DataType
    grade: Grade


def random_call(columns: Sequence[Known], rnd: Random, wanted: Sequence[DataType] = ()) -> Called:
    """Return a call over some columns; of one of the wanted types, if any are."""
    for _ in range(20):
        function = rnd.choice(FUNCTIONS)
        args = _arguments(function, [column for column in columns if column.grade > Grade.ROUGH], rnd)
        if not args:
            continue
        dtype = function.gives(args[0].type)
        if wanted and dtype not in wanted:
            continue
        fields: dict[str, Any] = {"udf": function.udf, "args": [arg.name for arg in args], "dtype": dtype}
        if function.otherwise:
            fields["fail_on_exception"] = False
            fields["value_on_exception"] = rnd.choice(function.otherwise)
        return Called(Made("PythonUdfTransform", fields), dtype, _grade(function, args))
    raise ImpossibleError


def _arguments(function: Function, columns: Sequence[Known], rnd: Random) -> list[Known]:
    """Return a column for each argument, none of them twice; none where there are too few."""
    args: list[Known] = []
    for types in function.takes:
        fitting = [
            column
            for column in columns
            if (types is None or column.type in types)
            and column not in args
            and not (function.alike and args and column.type != args[0].type)
        ]
        if not fitting:
            return []
        args.append(rnd.choice(fitting))
    return args


def _grade(function: Function, args: Sequence[Known]) -> Grade:
    if function.udf is functions.last_digits:
        return Grade.TAME
    return min(arg.grade for arg in args) if function.udf in KEEPS_GRADE else Grade.EXACT
