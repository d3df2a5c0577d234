"""Aggregates in Flink's words. Those IN_ORDER and FROM_NEWEST are of rows that come in an order."""

from __future__ import annotations

from collections.abc import Mapping

FLINK_AGGREGATES: Mapping[str, str] = {
    "COLLECT_LIST": "ARRAY_REMOVE(ARRAY_AGG({0}){tail}, CAST(NULL AS {element}))",
    "COUNT_DISTINCT": "COUNT(DISTINCT {0})",
    "FIRST_IN_ORDER": "CASE WHEN COUNT({0}){tail} > 0 THEN (ARRAY_AGG({0}){tail})[1] END",
    "LAST_IN_ORDER": "CASE WHEN COUNT({0}){tail} > 0 THEN ARRAY_REVERSE(ARRAY_AGG({0}){tail})[1] END",
    "LIST_FROM_NEWEST": "CASE WHEN COUNT({0}){tail} > 0 THEN ARRAY_REVERSE(ARRAY_AGG({0}){tail}) "
    "ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS {element})], 2, 2) END",
    "STDDEV_SAMP": "CASE WHEN COUNT({0}){tail} > 1 THEN STDDEV_SAMP({0}){tail} END",
    "VAR_SAMP": "CASE WHEN COUNT({0}){tail} > 1 THEN VAR_SAMP({0}){tail} END",
}
"""Of a value that is never NULL the planner takes ARRAY_AGG for one, too, though no row may match: its
elements are read, and the empty list stands, behind a count. So does the deviation of a single row.
"""
