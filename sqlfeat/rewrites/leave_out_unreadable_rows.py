"""Leave out rows whose event time cannot be read, in a view over the source."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column, walk
from sqlfeat.plan.base import Step
from sqlfeat.plan.rows import Filter, Ref
from sqlfeat.plan.tables import Plan, SourceTable, ViewTable
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant


def leave_out_unreadable_rows(plan: Plan) -> Plan:
    """Return the plan in which a source that drops such rows has another name, and a view of its name
    holds the others. For engines that give such a row an event time before all others.
    """
    dropping = [source for source in plan.sources if source.time is not None and source.time.drop_bad]
    if not dropping:
        return plan
    stored = {source.name: unused(f"{source.name}_stored", plan.taken_names) for source in dropping}
    sources = tuple(replace(source, name=stored.get(source.name, source.name)) for source in plan.sources)
    readable = (_readable(source, stored[source.name]) for source in dropping)
    return replace(plan, sources=sources, views=(*readable, *plan.views))


def _readable(source: SourceTable, stored: str) -> ViewTable:
    assert source.time is not None
    time = Column(source.time.column, Instant)
    columns = source.columns.extend(((source.time.column, Instant),))
    in_utc = any(isinstance(n, Call) and n.function == "UTC_OF_INSTANT" for n in walk(source.time.expr))
    predicate = Call("IS_READABLE_IN_UTC" if in_utc else "IS_READABLE", (time,), Boolean)
    step = Step("readable", "The rows whose event time can be read.")
    node = Filter(Ref(stored, columns, source.time.column), predicate, step)
    says = f"{source.name}: the stored rows whose event time can be read."
    return ViewTable(source.name, node, source.columns.names, says)
