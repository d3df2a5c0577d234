"""Name fields by their place where a name of theirs cannot stand in a view."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import type_of
from sqlfeat.plan.base import Step
from sqlfeat.plan.rows import Aliased, Ref
from sqlfeat.plan.tables import Plan, SourceTable, ViewTable
from sqlfeat.rewrites.unused_names import unused


def alias_stored_fields(plan: Plan) -> Plan:
    """Return the plan in which a source with a field of more than one line has another name, and a view
    of the source's name gives each of its fields a name of one line, by their order.
    """
    sources: list[SourceTable] = []
    views: list[ViewTable] = []
    for source in plan.sources:
        if not any("\n" in name for name in source.columns.names):
            sources.append(source)
            continue
        stored = unused(f"{source.name}_stored", plan.taken_names)
        sources.append(replace(source, name=stored))
        views.append(_view(source, stored))
    return replace(plan, sources=tuple(sources), views=(*views, *plan.views))


def _view(source: SourceTable, stored: str) -> ViewTable:
    columns, time = source.columns, None
    if source.time is not None:
        time = source.time.column
        columns = columns.extend(((time, type_of(source.time.expr)),))
    node = Aliased(Ref(stored, columns, time), Step("named", ""))
    says = f"{source.name}: each stored row, a line break in a name as ␤n."
    return ViewTable(source.name, node, source.columns.names, says)
