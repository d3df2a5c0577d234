"""The syntax of times: EXTRACT, INTERVAL, units as words, literals."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlglot import exp

from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.nodes import Call, Expr, Literal
from sqlfeat.expr.time_functions import UNITS
from sqlfeat.expr.time_literals import date_of, timestamp_of
from sqlfeat.types import DataType, Date, Timestamp

Convert = Callable[[Any, str], Expr]

PARTS = {"DOW": "DAYOFWEEK", "DOY": "DAYOFYEAR"}
"""Names of parts that are not those of the functions."""
KNOWN_PARTS = (*UNITS, "DAYOFWEEK", "DOW", "ISODOW", "DAYOFYEAR", "DOY")
WITH_UNIT = ("TIMESTAMPADD", "TIMESTAMPDIFF", "DATE_TRUNC")
LITERALS: dict[DataType, Callable[[str], object]] = {Date: date_of, Timestamp: timestamp_of}


def extract(tree: Any, text: str, convert: Convert) -> Expr:
    """EXTRACT(HOUR FROM x) is HOUR(x)."""
    part = tree.this.name.upper()
    if part not in KNOWN_PARTS:
        near = nearest(part, KNOWN_PARTS)
        hint = f"Did you mean {near}?" if near else f"Parts are {', '.join(KNOWN_PARTS)}."
        raise ExpressionError(f"EXTRACT has no part {part!r}.", hint)
    return Call(PARTS.get(part, part), (convert(tree.expression, text),))


def _unit(name: str) -> str:
    """Return a unit of an INTERVAL, which may be in the plural."""
    unit = name.upper()
    unit = unit if unit in UNITS else unit.removesuffix("S")
    if unit not in UNITS:
        near = nearest(unit, UNITS)
        hint = f"Did you mean {near}?" if near else f"Units are {', '.join(UNITS)}."
        raise ExpressionError(f"an INTERVAL has no unit {name!r}.", hint)
    return unit


def plus_interval(tree: Any, text: str, convert: Convert) -> Expr | None:
    """`x + INTERVAL '1' DAY` is TIMESTAMPADD(DAY, 1, x); None for another sum."""
    left, right = tree.this, tree.expression
    if isinstance(left, exp.Interval) and isinstance(tree, exp.Add):
        left, right = right, left
    if not isinstance(right, exp.Interval):
        return None
    amount = right.this.name if isinstance(right.this, exp.Literal) else ""
    if not re.fullmatch(r"-?[0-9]{1,18}", amount) or not isinstance(right.args.get("unit"), exp.Var):
        raise ExpressionError(
            f"the INTERVAL in {text!r} cannot be read.",
            "Write a whole number of one unit, such as INTERVAL '90' MINUTE, or use TIMESTAMPADD.",
        )
    count = -int(amount) if isinstance(tree, exp.Sub) else int(amount)
    unit = Literal(_unit(right.args["unit"].name))
    return Call("TIMESTAMPADD", (unit, Literal(count), convert(left, text)))


def lone_interval(tree: Any, text: str) -> Expr:
    """Refuse an INTERVAL that is not added to anything."""
    raise ExpressionError(
        f"the INTERVAL in {text!r} stands alone.",
        "It is added to a TIMESTAMP or a DATE, or subtracted from one: ts + INTERVAL '1' DAY.",
    )


def unit_as_text(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the arguments of a call with the unit, which stands as a word, as text."""
    first = args[0] if args else None
    if name in WITH_UNIT and isinstance(first, exp.Column) and not first.table:
        return (exp.Literal.string(first.name.upper()), *args[1:])
    return args


def literal_of(value: Expr, target: DataType) -> Expr | None:
    """Return the constant that a text literal cast to DATE or TIMESTAMP is; None for another cast."""
    read = LITERALS.get(target)
    if read is None or not isinstance(value, Literal) or not isinstance(value.value, str):
        return None
    return Literal(read(value.value))
