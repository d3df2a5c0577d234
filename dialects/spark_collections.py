"""Arrays, maps, structs and JSON in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import SUM, TEST, Sql, at_least
from sqlfeat.expr.nodes import Call, Literal, type_of
from sqlfeat.types import ArrayType, Int64, MapType, String

NOT_SCALAR = "^(ARRAY|OBJECT|VOID)"


def _array(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    return f"array({', '.join(args)})"


def _map(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Spark stops at a key that is NULL."""
    made = f"map({', '.join(args)})"
    if all(isinstance(key, Literal) and key.value is not None for key in call.args[::2]):
        return made
    return Sql(f"CASE WHEN {at_least(SUM, args[0])} IS NOT NULL THEN {made} END")


def _element(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Spark stops at the place 0, and counts places below it from the end."""
    holder, key = args
    if isinstance(type_of(call.args[0]), MapType) or isinstance(call.args[1], Literal):
        return f"try_element_at({holder}, {key})"
    place = f"CASE WHEN {at_least(SUM, key)} > 0 THEN {key} END"
    if type_of(call.args[1]) == Int64:
        place = f"CASE WHEN {at_least(SUM, key)} BETWEEN 1 AND {2**31 - 1} THEN CAST({key} AS INT) END"
    return f"try_element_at({holder}, {place})"


def _json_value(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Read a scalar: get_json_object also reads what is no JSON, and shows objects and arrays."""
    value, path = args
    kind = f"schema_of_variant(try_variant_get(try_parse_json({value}), {path}, 'variant'))"
    return Sql(f"CASE WHEN {kind} NOT RLIKE '{NOT_SCALAR}' THEN get_json_object({value}, {path}) END")


def _json_string(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    dtype, value = type_of(call.args[0]), str(args[0])
    if isinstance(dtype, MapType):
        value = f"map_from_entries(sort_array(map_entries({value})))"
        return f"to_json({value}, map('ignoreNullFields', 'false'))"
    if isinstance(dtype, ArrayType):
        return f"to_json({value})"
    return f"to_json(CAST({value} AS VARIANT))" if dtype == String else f"CAST({value} AS STRING)"


def _compared(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql | None:
    """Compare maps by their entries, sorted: Spark compares no maps."""
    if not isinstance(type_of(call.args[0]), MapType):
        return None
    first, second = (f"sort_array(map_entries({arg}))" for arg in args)
    return Sql(f"{first} {call.function} {second}", TEST)


SPARK_COLLECTIONS: Mapping[str, FunctionText] = {
    **dict.fromkeys(("=", "<>", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"), _compared),
    "ARRAY": _array,
    "MAP": _map,
    "[]": _element,
    "ARRAY_CONTAINS": "array_contains(array_compact({0}), {1})",
    "MAP_KEYS": "sort_array(map_keys({0}))",
    "MAP_VALUES": "sort_array(map_values({0}))",
    "JSON_VALUE": _json_value,
    "JSON_STRING": _json_string,
}
