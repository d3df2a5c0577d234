"""Arrays, maps, structs and JSON in Flink's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import ATOM, SUM, Sql, at_least
from sqlfeat.expr.nodes import Call, Literal, type_of
from sqlfeat.types import Int64, MapType

FRACTION = r"^\[-?[0-9]+[.eE]"
"""The start of an array that holds a number with a point or an exponent."""


def _made(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Make an array or a map, with values that may be NULL: of one whose values cannot be, Flink gives
    -1 for an element that is not there.
    """
    made = f"CAST({call.function}[{', '.join(args)}] AS {dialect.type_name(call.type)})"
    keys = call.args[::2] if call.function == "MAP" else ()
    if all(isinstance(key, Literal) and key.value is not None for key in keys):
        return made
    return Sql(f"CASE WHEN {at_least(SUM, args[0])} IS NOT NULL THEN {made} END")


def _element(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    holder, key = args
    if isinstance(type_of(call.args[0]), MapType) or type_of(call.args[1]) != Int64:
        return Sql(f"{at_least(ATOM, holder)}[{key}]")
    small = f"{at_least(SUM, key)} BETWEEN 1 AND {2**31 - 1}"
    return Sql(f"{at_least(ATOM, holder)}[CASE WHEN {small} THEN CAST({key} AS INT) END]")


def _contains(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Flink finds a NULL among NULLs."""
    found = f"ARRAY_CONTAINS({args[0]}, {args[1]})"
    value = call.args[1]
    if isinstance(value, Literal) and value.value is not None:
        return found
    return Sql(f"CASE WHEN {at_least(SUM, args[1])} IS NOT NULL THEN {found} END")


def _json_value(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Flink shows a number by all of its digits, with an exponent of its own; by CAST it is a DOUBLE."""
    value, path = args
    read = f"JSON_VALUE({value}, {path})"
    is_fraction = f"REGEXP(JSON_QUERY({value}, {path} WITH WRAPPER), {dialect.text(FRACTION)})"
    return Sql(f"CASE WHEN {is_fraction} THEN CAST(CAST({read} AS DOUBLE) AS STRING) ELSE {read} END")


FLINK_COLLECTIONS: Mapping[str, FunctionText] = {
    "ARRAY": _made,
    "MAP": _made,
    "[]": _element,
    "ARRAY_CONTAINS": _contains,
    "MAP_KEYS": "ARRAY_SORT(MAP_KEYS({0}))",
    "MAP_VALUES": "ARRAY_SORT(MAP_VALUES({0}))",
    "JSON_VALUE": _json_value,
}
