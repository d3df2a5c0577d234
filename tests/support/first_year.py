"""A Python function of instants inside of another value, as Flink's own statement names it."""

from __future__ import annotations

from typing import Any

from pyflink.table.udf import udf


@udf(result_type="BIGINT")
def first_year(instants: Any) -> int:
    year: int = instants[0].year
    return year
