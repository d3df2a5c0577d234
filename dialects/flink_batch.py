"""Flink SQL, in batch mode: for backfills of bounded sources. An event time is a BIGINT: milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlfeat.dialects.base import Access, Setting
from sqlfeat.dialects.endless_rows import endless_rows
from sqlfeat.dialects.file_paths import problems_of_paths
from sqlfeat.dialects.flink import FLINK, flink_type
from sqlfeat.dialects.flink_batch_rewrites import FLINK_BATCH_REWRITES
from sqlfeat.dialects.flink_batch_time import FLINK_BATCH_TIME
from sqlfeat.dialects.flink_limits import instants_in_python_values
from sqlfeat.dialects.own_selects import unwritten
from sqlfeat.dialects.uncompared import uncompared_values
from sqlfeat.errors import Problem
from sqlfeat.plan.connectors import Connector, RowNumbers
from sqlfeat.plan.tables import Plan, SourceTable
from sqlfeat.types import DataType


def type_name(dtype: DataType) -> str:
    """Return Flink's name of a type. An event time is a number."""
    return flink_type(dtype, instant="BIGINT")


def refuses(plan: Plan) -> Iterator[Problem]:
    """Yield what batch mode cannot do."""
    yield from endless_rows(plan)
    yield from unwritten(plan, "flink_batch", "flink")
    yield from uncompared_values(plan)
    yield from instants_in_python_values(plan)
    yield from problems_of_paths(plan, "\\", "Flink takes it for a slash.")
    for source in plan.sources:
        if not source.bounded and not isinstance(source.connector, RowNumbers):
            yield Problem(
                source.name,
                None,
                "it never ends, and batch mode waits for the end of what it reads.",
                "Bound it (bounded=True), or render it for the streaming mode.",
            )


def reads(connector: Connector, source: SourceTable) -> Access:
    """Return how a source is read. Numbers that end do so only by their count."""
    access = FLINK.reads(connector, source)
    if not isinstance(connector, RowNumbers):
        return access
    return replace(access, options=(*access.options, ("number-of-rows", str(connector.count))))


def settings(plan: Plan) -> tuple[Setting, ...]:
    """Return what the session is set to."""
    mode = Setting("execution.runtime-mode", "batch", "Bounded sources, read to their ends.")
    return (mode, *FLINK.settings(plan)[1:])


FLINK_BATCH = replace(
    FLINK,
    name="flink_batch",
    templates=("flink_batch", "flink", "common"),
    says="Flink SQL, in batch mode",
    type_name=type_name,
    interval=str,
    functions={
        **FLINK.functions,
        **FLINK_BATCH_TIME,
        "COUNT_OF_DISTINCT": "CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT({0})), 0) AS BIGINT)",
    },
    aggregates={
        **FLINK.aggregates,
        "COLLECT_IN_ANY_ORDER": FLINK.aggregates["COLLECT_LIST"],
        "DISTINCT_IN_LIST": "CASE WHEN COUNT({0}){tail} > 0 "
        "THEN CAST(CARDINALITY(ARRAY_DISTINCT(ARRAY_AGG({0}){tail})) AS BIGINT) ELSE 0 END",
    },
    rewrites=FLINK_BATCH_REWRITES,
    refuses=refuses,
    settings=settings,
    reads=reads,
    engine="sqlfeat.run.table_environment:BatchFlinkEngine",
    advises=lambda plan: (),
)
