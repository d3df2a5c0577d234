"""How Flink says what aggregates over windows are made of."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import Sql
from sqlfeat.expr.nodes import Call


def _in_array(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    """Hold a value in an array whose elements may be NULL: where there is no array, Flink reads -1 from
    what would have held a count.
    """
    return Sql(f"CAST(ARRAY[{args[0]}] AS {dialect.type_name(call.type)})")


def _widened(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    return Sql(f"CAST({args[0]} AS {dialect.type_name(call.type)})")


def _first_in_array(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    return Sql(f"{args[0]}[1]")


FLINK_WINDOWS: Mapping[str, FunctionText] = {
    "ONE_ZERO": "CASE WHEN {0} = 0 THEN ABS({0}) ELSE {0} END",
    "WIDENED": _widened,
    "TEXT_OF_BYTES": "DECODE({0}, 'ISO-8859-1')",
    "BYTES_OF_TEXT": "ENCODE({0}, 'ISO-8859-1')",
    "IN_ARRAY": _in_array,
    "FIRST_IN_ARRAY": _first_in_array,
    "IF_IN_DIGITS": "CASE WHEN {0} = 0 OR ABS({0}) BETWEEN 1E-19 AND 1E28 THEN {0} END",
    "WHOLE_DIGITS": "CAST({0} AS DECIMAL(38, 0))",
    "DIGITS_OF_FRACTION": "CAST({0} - CAST({0} AS DECIMAL(38, 0)) AS DECIMAL(38, 28))",
    "ROOT": "SQRT({0})",
    "COUNT_IN_ARRAY": "CAST(CARDINALITY({0}) - CARDINALITY(ARRAY_REMOVE({0}, {1})) AS BIGINT)",
}
