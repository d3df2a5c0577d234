"""Expressions to formulas."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlfeat.expr.builder import to_expr
from sqlfeat.expr.nodes import Call, Column, Expr, Literal

from .calendar import ZONED, constant_moment
from .conversions import caster
from .errors import OracleError
from .formulas import Formula, constant, strict
from .functions import FUNCTIONS
from .text import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from sqlfeat.types import DataType


def formula(definition: object, columns: Mapping[str, DataType], zone: ZoneInfo) -> Formula:
    """Return the formula of an expression as definitions give it, over rows of these columns."""
    return _formula(to_expr(definition), columns, zone)  # type: ignore[arg-type]


def _formula(expr: Expr, columns: Mapping[str, DataType], zone: ZoneInfo) -> Formula:
    if isinstance(expr, Column):
        name = expr.name
        if name not in columns:
            raise OracleError(f"there is no column {name!r} among {', '.join(columns)}")
        return Formula(columns[name], lambda row: row[name])
    if isinstance(expr, Literal):
        return _constant(expr.value, zone)
    assert isinstance(expr, Call)
    args = [_formula(arg, columns, zone) for arg in expr.args]
    if expr.function in ("CAST", "TRY_CAST"):
        return _cast(args[0], expr.type, zone, fails=expr.function == "CAST")
    if expr.function in ZONED:
        return ZONED[expr.function](expr.function, args, zone)
    if expr.function in ("CONCAT", "CONCAT_WS"):
        args = shown(args, zone)
    if expr.function not in FUNCTIONS:
        raise OracleError(f"there is no function {expr.function}")
    return FUNCTIONS[expr.function](expr.function, args)


def _constant(value: object, zone: ZoneInfo) -> Formula:
    if isinstance(value, datetime):
        return constant(constant_moment(value, zone))
    return constant(value)


def _cast(arg: Formula, target: DataType, zone: ZoneInfo, *, fails: bool) -> Formula:
    convert = caster(arg.type, target, zone)

    def tried(value: object) -> object:
        try:
            return convert(value)
        except OracleError:
            return None

    return strict(target, [arg], convert if fails else tried)
