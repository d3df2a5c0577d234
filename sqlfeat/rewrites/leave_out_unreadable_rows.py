"""Leave out rows whose event time cannot be read, in a view over the source."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column
from sqlfeat.plan.base import Step
from sqlfeat.plan.rows import Filter, Ref
from sqlfeat.plan.tables import Plan, SourceTable, ViewTable
from sqlfeat.types import Boolean, Timestamp


def leave_out_unreadable_rows(plan: Plan) -> Plan:
    """Return the plan in which a source that drops such rows has another name, and a view of its name
    holds the others. For engines that give such a row an event time before all others.
    """
    dropping = [source for source in plan.sources if source.time is not None and source.time.drop_bad]
    if not dropping:
        return plan
    sources = tuple(
        replace(source, name=_stored(source)) if source in dropping else source for source in plan.sources
    )
    return replace(plan, sources=sources, views=(*map(_readable, dropping), *plan.views))


def _stored(source: SourceTable) -> str:
    return source.name + "_stored"


def _readable(source: SourceTable) -> ViewTable:
    assert source.time is not None
    time = Column(source.time.column, Timestamp)
    columns = source.columns.extend(((source.time.column, Timestamp),))
    predicate = Call("IS_READABLE", (time,), Boolean)
    step = Step("readable", "The rows whose event time can be read.")
    node = Filter(Ref(_stored(source), columns, source.time.column), predicate, step)
    says = f"{source.name}: the stored rows whose event time can be read."
    return ViewTable(source.name, node, source.columns.names, says)
