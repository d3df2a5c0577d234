"""Give rows their event time in a view over the source, where a source cannot say it itself."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.connectors import RowNumbers
from sqlfeat.plan.rows import Derive, Filter, Ref
from sqlfeat.plan.tables import Plan, SourceTable, ViewTable
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant


def derive_event_time(plan: Plan) -> Plan:
    """Return the plan in which a source holds only its stored columns, under another name, and a view
    of the source's name adds the event time. It keeps the rows that have one, and by that reads every
    row's: an engine does not compute a column that nothing uses.
    """
    sources: list[SourceTable] = []
    views: list[ViewTable] = []
    for source in plan.sources:
        if source.time is None:
            sources.append(source)
            continue
        stored = unused(f"{source.name}_stored", plan.taken_names)
        sources.append(replace(source, name=stored, time=None))
        views.append(_view(source, stored))
    return replace(plan, sources=tuple(sources), views=(*views, *plan.views))


def _view(source: SourceTable, stored: str) -> ViewTable:
    assert source.time is not None
    time = source.time
    node: Node = Ref(stored, source.columns, None)
    node = Derive(node, ((time.column, time.expr),), Step("in_time", "Each row, with its event time."))
    readable = Call("IS NOT NULL", (Column(time.column, Instant),), Boolean)
    node = Filter(node, readable, Step("readable", "The rows whose event time can be read."))
    says = f"{source.name}: each stored row, with its event time; one that cannot be read stops the run."
    if isinstance(source.connector, RowNumbers):
        says = f"{source.name}: each number, with the event time of its row."
    if time.drop_bad:
        says = f"{source.name}: each stored row whose event time can be read, with that instant."
    return ViewTable(source.name, node, source.columns.names, says)
