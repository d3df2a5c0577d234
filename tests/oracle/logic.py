"""Comparisons and conditions, in three-valued logic: None is unknown."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from sqlfeat.types import Boolean, Null

from .conversions import meeting_of
from .errors import OracleError
from .formulas import Formula, Rule, Values, strict
from .ordering import rank

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPARISONS: dict[str, Any] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def meeting(args: Sequence[Formula]) -> list[Formula]:
    """Return the arguments as values of the one type that all of them meet in."""
    dtype = meeting_of([arg.type for arg in args])
    return [arg.as_type(dtype) for arg in args]


def condition(name: str, arg: Formula) -> Formula:
    """Return the argument, which is a condition."""
    if arg.type not in (Boolean, Null):
        raise OracleError(f"{name} does not take {arg.type}")
    return arg


def compared(name: str, args: Sequence[Formula]) -> Formula:
    compare = COMPARISONS[name]
    return strict(Boolean, meeting(args), lambda a, b: compare(rank(a), rank(b)))


def distinct(name: str, args: Sequence[Formula]) -> Formula:
    """Compare with NULL as a value like others."""
    left, right = meeting(args)
    wanted = name == "IS NOT DISTINCT FROM"
    return Formula(Boolean, lambda row: (rank(left.value(row)) == rank(right.value(row))) is wanted)


def not_(truth: object) -> object:
    return None if truth is None else not truth


def or_(truths: Sequence[object]) -> object:
    if True in truths:
        return True
    return None if None in truths else False


def and_(truths: Sequence[object]) -> object:
    return not_(or_([not_(truth) for truth in truths]))


def opposite(rule: Rule) -> Rule:
    """Return NOT of a condition."""

    def negated(name: str, args: Sequence[Formula]) -> Formula:
        positive = condition("NOT", rule(name.removeprefix("NOT "), args))
        return Formula(Boolean, lambda row: not_(positive.value(row)))

    return negated


def logical(name: str, args: Sequence[Formula]) -> Formula:
    """Combine conditions, from left to right; what comes after a decision is not computed."""
    decided = name == "OR"
    sides = [condition(name, arg) for arg in args]

    def value(row: Values) -> object:
        truths: list[object] = []
        for side in sides:
            truths.append(side.value(row))
            if truths[-1] is decided:
                return decided
        return or_(truths) if decided else and_(truths)

    return Formula(Boolean, value)


def member(name: str, args: Sequence[Formula]) -> Formula:
    """Compare with each of the values: a = b OR a = c OR …"""
    sides = meeting(args)
    tests = [compared("=", [sides[0], side]) for side in sides[1:]]
    return Formula(Boolean, lambda row: or_([test.value(row) for test in tests]))


def between(name: str, args: Sequence[Formula]) -> Formula:
    value, low, high = meeting(args)
    return logical("AND", [compared(">=", [value, low]), compared("<=", [value, high])])


def test(name: str, args: Sequence[Formula]) -> Formula:
    """Ask what a value is: IS [NOT] NULL, TRUE, FALSE. The answer is never NULL."""
    (arg,) = args
    asked = {"NULL": None, "TRUE": True, "FALSE": False}[name.split()[-1]]
    if asked is not None:
        condition(name, arg)
    wanted = "NOT" not in name.split()
    return Formula(Boolean, lambda row: (arg.value(row) is asked) is wanted)
