"""Division in Flink's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import ATOM, PRODUCT, SUM, Sql, at_least
from sqlfeat.expr.nodes import Call, Expr, Literal, type_of
from sqlfeat.types import Float64, is_numeric


def _divide(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    """Divide, by zero to NULL. Flink's planner fails at a division by what it finds out to be constant
    unless that is a number written out; inside of a CASE it leaves the division alone.
    """
    quotient = f"{at_least(PRODUCT, args[0])} / {at_least(ATOM, args[1])}"
    if _is_a_number_but_zero(call.args[1]):
        return Sql(quotient, PRODUCT)
    return Sql(f"CASE WHEN {at_least(SUM, _uncast(call.args[1], args[1]))} <> 0 THEN {quotient} END")


def _is_a_number_but_zero(divisor: Expr) -> bool:
    if isinstance(divisor, Call) and divisor.function == "CAST":
        return _is_a_number_but_zero(divisor.args[0])
    return isinstance(divisor, Literal) and bool(divisor.value)


def _uncast(divisor: Expr, sql: Sql) -> Sql:
    """Return what is cast to DOUBLE to be divided by: it is zero exactly if the DOUBLE is."""
    if not (isinstance(divisor, Call) and divisor.function == "CAST" and divisor.type == Float64):
        return sql
    if not is_numeric(type_of(divisor.args[0])):
        return sql
    return Sql(sql.removeprefix("CAST(").removesuffix(" AS DOUBLE)"), SUM)


FLINK_DIVISION: Mapping[str, FunctionText] = {"/": _divide, "DIV": _divide}
