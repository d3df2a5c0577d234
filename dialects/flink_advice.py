"""What a definition costs in Flink's streaming mode that it costs nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from sqlfeat.errors import Problem
from sqlfeat.plan.base import Node
from sqlfeat.plan.over import Over
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of
from sqlfeat.words import listed


def advises(plan: Plan) -> Iterator[Problem]:
    """Yield the windows over a span of time whose rows come in any order. All rows of a key are there
    before the first is counted, and Flink goes through them again for each of its times.
    """
    unordered: dict[str, tuple[str, ...]] = {
        source.name: (source.name,)
        for source in plan.sources
        if source.bounded and source.time is not None and source.time.delay_ms is None
    }
    for view in plan.views:
        tables = [node.name for node in nodes_of(view.node) if isinstance(node, Ref)]
        sources = tuple(dict.fromkeys(name for table in tables for name in unordered.get(table, ())))
        if not sources:
            continue
        unordered[view.name] = sources
        features = [name for node in nodes_of(view.node) for name in _over_time(node)]
        if features:
            yield Problem(
                view.name,
                ", ".join(features),
                f"the rows of {listed(sources)} come in any order, and in streaming mode a window over "
                "such rows takes a time that grows with the square of the rows of a key.",
                "For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.",
            )


def _over_time(node: Node) -> Iterator[str]:
    for column in node.columns if isinstance(node, Over) else ():
        if column.window.size_ms:
            yield column.name
