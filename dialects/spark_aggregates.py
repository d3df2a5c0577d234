"""Aggregates in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

SPARK_AGGREGATES: Mapping[str, str] = {
    "COUNT_DISTINCT": "CAST(size(collect_set({0}){tail}) AS BIGINT)",
    "FIRST_VALUE": "MIN_BY({0}, CASE WHEN {operand} IS NOT NULL THEN struct({order}) END)",
    "LAST_VALUE": "MAX_BY({0}, CASE WHEN {operand} IS NOT NULL THEN struct({order}) END)",
    "COLLECT_LIST": "transform(sort_array(collect_list(CASE WHEN {operand} IS NOT NULL "
    "THEN struct(struct({place}) AS place, {0} AS value) END){tail}), one -> one.value)",
    "MAP_OF_PAIRS": "map_from_entries(nullif(collect_set({0}){tail}, array()))",
}
