"""A selection of rows to a filter on top of a view."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlfeat.compiler.key_values import condition_on_keys
from sqlfeat.compiler.scope import Relation, Scope, fresh
from sqlfeat.dsl.selection import Moment, Selection
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Step
from sqlfeat.plan.rows import Filter
from sqlfeat.plan.tables import ViewTable
from sqlfeat.types import Boolean, Instant, String
from sqlfeat.words import listed

MILLISECOND = timedelta(milliseconds=1)


def select_rows(relation: Relation, selection: Selection, scope: Scope) -> Relation:
    """Return what is left of a table: the rows that a selection asks for."""
    conditions: list[Expr] = []
    if selection.keys is not None:
        keys = condition_on_keys(selection.keys, relation, scope)
        conditions += [] if keys is None else [keys]
    start = _instant(selection.start, "start", relation, scope)
    end = _instant(selection.end, "end", relation, scope)
    if start is not None and end is not None and end <= start:
        fault = f"end ({selection.end}) is not after start ({selection.start}): no row lies between."
        scope.fault(relation.name, None, fault, "The end is exclusive.")
    for operator, moment in ((">=", start), ("<", end)):
        if moment is not None and relation.ref.event_time is not None:
            column = Column(relation.ref.event_time, Instant)
            conditions.append(Call(operator, (column, _literal(moment)), Boolean))
    if scope.problems or not conditions:
        return relation
    return _filtered(relation, _all_of(conditions), _says(relation, selection, start, end), scope)


def _all_of(conditions: list[Expr]) -> Expr:
    return conditions[0] if len(conditions) == 1 else Call("AND", tuple(conditions), Boolean)


def _filtered(relation: Relation, predicate: Expr, says: str, scope: Scope) -> Relation:
    taken = [*scope.known, *(view.name for view in scope.views), *(table.name for table in scope.sources)]
    name = fresh(f"{relation.name}_selected", taken)
    node = Filter(relation.ref, predicate, Step("selected", ""))
    scope.views.append(ViewTable(name, node, relation.visible.names, f"{name}: {says}"))
    return replace(relation, name=name, ref=replace(relation.ref, name=name))


def _instant(moment: Moment | None, field: str, relation: Relation, scope: Scope) -> datetime | None:
    """Return a moment in UTC, to the millisecond that is not before it."""
    if moment is None:
        return None
    if relation.ref.event_time is None and not relation.faulty:
        fault = f"{relation.name} has no timestamp_field: {field} asks for a time."
        scope.fault(relation.name, None, fault, "Name the column that holds the event time.")
    try:
        found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        if not isinstance(found, datetime):
            found = datetime.combine(found, time())
        zone = ZoneInfo(scope.settings.timezone)
        aware = found if found.tzinfo is not None else found.replace(tzinfo=zone)
        early = aware.astimezone(UTC)
        return early + (-(early - early.min.replace(tzinfo=UTC)) % MILLISECOND)
    except (ValueError, TypeError, OverflowError):
        allowed = 'It is a datetime, a date, or text such as "2022-01-31 08:00:00".'
        scope.fault(relation.name, None, f"{field} cannot be {moment!r}.", allowed)
        return None


def _literal(moment: datetime) -> Expr:
    return Call("INSTANT", (Literal(_shown(moment), String),), Instant)


def _shown(moment: datetime) -> str:
    """Return an instant as text, to the millisecond, without an offset."""
    return moment.replace(tzinfo=None).isoformat(" ", "milliseconds")


def _says(relation: Relation, selection: Selection, start: datetime | None, end: datetime | None) -> str:
    parts: list[str] = []
    if selection.keys is not None:
        parts.append("with one of the keys that were asked for")
    if start is not None:
        parts.append(f"from {_shown(start)} UTC on")
    if end is not None:
        parts.append(f"before {_shown(end)} UTC")
    return f"the rows of {relation.name} {listed(parts)}."
