"""Aggregates in Flink's words. Those IN_ORDER and FROM_NEWEST are of rows that come in an order."""

from __future__ import annotations

from collections.abc import Mapping

FLINK_AGGREGATES: Mapping[str, str] = {
    "COLLECT_LIST": "ARRAY_REMOVE(ARRAY_AGG({0}){tail}, CAST(NULL AS {element}))",
    "COUNT_DISTINCT": "COUNT(DISTINCT {0})",
    "FIRST_IN_ORDER": "(ARRAY_AGG({0}){tail})[1]",
    "LAST_IN_ORDER": "ARRAY_REVERSE(ARRAY_AGG({0}){tail})[1]",
    "LIST_FROM_NEWEST": "COALESCE(ARRAY_REVERSE(ARRAY_AGG({0}){tail}), "
    "ARRAY_SLICE(ARRAY[CAST(NULL AS {element})], 2, 2))",
}
