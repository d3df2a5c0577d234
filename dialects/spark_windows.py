"""How Spark says what aggregates over windows are made of."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import FunctionText

SPARK_WINDOWS: Mapping[str, FunctionText] = {
    "ONE_ZERO": "CASE WHEN {0} = 0 THEN ABS({0}) ELSE {0} END",
    "IN_ARRAY": "array({0})",
    "FIRST_IN_ARRAY": "element_at({0}, 1)",
    "COUNTS_OF_VALUES": "CASE WHEN size({0}) > 0 THEN map_from_arrays(array_distinct({0}), transform("
    "array_distinct({0}), one -> CAST(size(filter({0}, other -> other = one)) AS BIGINT))) END",
    "COUNT_OF_LIST": "size({0})",
    "OFF_FIRST": "transform({0}, one -> one - get({0}, 0))",
    "SUM_OF_LIST": "aggregate({0}, 0D, (total, one) -> total + one)",
    "SUM_OF_SQUARES": "aggregate({0}, 0D, (total, one) -> total + one * one)",
    "ROOT": "SQRT({0})",
}
