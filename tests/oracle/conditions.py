"""Choosing one of several values. What is not chosen is not computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlfeat.types import Date, Float32, Float64, Null, String, Timestamp

from .conversions import exact_type, meeting_of
from .errors import OracleError
from .formulas import Formula, Values
from .logic import compared, condition, meeting
from .ordering import rank

if TYPE_CHECKING:
    from collections.abc import Sequence


def conditional(name: str, args: Sequence[Formula]) -> Formula:
    """CASE and IF: conditions and values in turn, at the end the value for when none is true."""
    tests = [condition(name, arg) for arg in args[:-1:2]]
    *values, otherwise = meeting([*args[1:-1:2], args[-1]])

    def value(row: Values) -> object:
        for test, chosen in zip(tests, values, strict=True):
            if test.value(row) is True:
                return chosen.value(row)
        return otherwise.value(row)

    return Formula(otherwise.type, value)


def coalesce(name: str, args: Sequence[Formula]) -> Formula:
    sides = meeting(args)

    def value(row: Values) -> object:
        given = (side.value(row) for side in sides)
        return next((one for one in given if one is not None), None)

    return Formula(meeting_of([arg.type for arg in args]), value)


def nullif(name: str, args: Sequence[Formula]) -> Formula:
    """Return the first value as it is, NULL where it equals the second."""
    same = compared("=", args)
    return Formula(args[0].type, lambda row: None if same.value(row) is True else args[0].value(row))


def extreme(name: str, args: Sequence[Formula]) -> Formula:
    """Return the greatest or least of the values that are not NULL; NULL if all are."""
    sides = meeting(args)
    dtype = meeting_of([arg.type for arg in args])
    numbers = exact_type(dtype) is not None or dtype in (Float32, Float64)
    if not numbers and dtype not in (String, Date, Timestamp, Null):
        raise OracleError(f"{name} does not take {dtype}")
    choose = {"GREATEST": max, "LEAST": min}[name]

    def value(row: Values) -> object:
        given = [side.value(row) for side in sides]
        return choose((one for one in given if one is not None), key=rank, default=None)

    return Formula(dtype, value)
