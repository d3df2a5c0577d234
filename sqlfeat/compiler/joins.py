"""Join features to point-in-time joins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlfeat.compiler.building import Building
from sqlfeat.compiler.declared import declare
from sqlfeat.compiler.features import Spec
from sqlfeat.compiler.scope import Relation, fresh
from sqlfeat.compiler.sources import NAME_THE_TIME, duration_of, require_column
from sqlfeat.dsl.transforms import JoinTransform
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.nodes import BROKEN, Column, Expr, columns_of, rename_columns, type_of
from sqlfeat.expr.resolve import resolve
from sqlfeat.plan.base import Node
from sqlfeat.plan.join import AsOfJoin, CalendarSpan, JoinedColumn
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import CalendarSteps
from sqlfeat.types import DataType, Schema, Timestamp, Unknown
from sqlfeat.words import in_words, listed


@dataclass(frozen=True)
class JoinKey:
    """What must be the same for two features to share one join."""

    table: str
    keys: tuple[tuple[str, str], ...]
    strict: bool
    ttl_ms: int | None
    tie_breaker: str | None
    known_at: str | None = None


def join_keys(
    transform: JoinTransform, relation: Relation, building: Building, feature: str
) -> tuple[tuple[str, str], ...]:
    """Return the pairs of columns that a join compares; the table's keys unless it says."""
    keys = transform.keys
    if isinstance(keys, Mapping):
        return tuple(keys.items())
    names = relation.keys if keys is None else tuple(keys)
    if not names and not relation.faulty:
        building.scope.fault(
            building.view,
            feature,
            f"{relation.name} has no keys to join by.",
            "Give the table keys=, or the JoinTransform.",
        )
    return tuple((name, name) for name in names)


def add_joins(specs: list[Spec], relations: Mapping[str, Relation], building: Building) -> None:
    """Put the joins of these features on top of the view, one for each table and way of joining."""
    groups: dict[JoinKey, list[Spec]] = {}
    for spec in specs:
        key = _checked_key(spec, relations.get(spec.name), building)
        if key is None:
            building.remember([(spec.name, Unknown)])
        else:
            groups.setdefault(key, []).append(spec)
    for key, members in groups.items():
        _add_join(key, members, relations[members[0].name], building)


def _checked_key(spec: Spec, relation: Relation | None, building: Building) -> JoinKey | None:
    if relation is None:
        return None
    transform = spec.transform
    assert isinstance(transform, JoinTransform)
    scope, view, problems = building.scope, building.view, len(building.scope.problems)
    keys = join_keys(transform, relation, building, spec.name)
    for left, right in keys:
        found = require_column(left, building.columns, view, spec.name, "the join key", scope)
        role = f"the join key of {relation.name}"
        if require_column(right, relation.visible, view, spec.name, role, scope) and found:
            _same_type(building.columns[left], relation.visible[right], left, spec, building)
    if relation.ref.event_time is None:
        fault = f"{relation.name} has no timestamp_field: no point in time."
        scope.fault(view, spec.name, fault, NAME_THE_TIME)
    if building.node.event_time is None:
        fault = "the view's source has no timestamp_field: no point in time."
        scope.fault(view, spec.name, fault, NAME_THE_TIME)
    if transform.tie_breaker is not None:
        role = f"the tie_breaker of {relation.name}"
        require_column(transform.tie_breaker, relation.visible, view, spec.name, role, scope)
    _check_known_at(transform, relation, building, spec.name)
    ttl = duration_of(transform.ttl, view, "ttl", scope, spec.name)
    if not keys or len(scope.problems) > problems:
        return None
    return JoinKey(relation.name, keys, transform.strict, ttl, transform.tie_breaker, transform.known_at)


def _check_known_at(
    transform: JoinTransform, relation: Relation, building: Building, feature: str
) -> None:
    """Note a known_at that is no column, or no instant, or of a table whose rows are windows."""
    name, scope, view = transform.known_at, building.scope, building.view
    role = f"the known_at of {relation.name}"
    if name is None or not require_column(name, relation.visible, view, feature, role, scope):
        return
    if relation.steps is not None:
        fault = f"known_at: {relation.name} is a sliding view, whose windows are known when they end."
        scope.fault(view, feature, fault, "Leave it out.")
    elif relation.visible[name] not in (Timestamp, Unknown):
        fault = f"{role} is {relation.visible[name]}, not TIMESTAMP."
        scope.fault(view, feature, fault, "Make it an instant, in a view over the table.")


def _same_type(left: DataType, right: DataType, key: str, spec: Spec, building: Building) -> None:
    if left != right and Unknown not in (left, right):
        building.scope.fault(
            building.view,
            spec.name,
            f"the join key {key!r} is {left} on the left, {right} on the right.",
            "Make them one type, with a CAST in a feature above this one.",
        )


@dataclass
class _Sides:
    """What the features of one join read: columns of the right side, and values computed from them.

    `before` are computed on the right, for its row; `after` on the left, also where no row matches.
    """

    columns: list[JoinedColumn]
    before: list[tuple[str, Expr]]
    after: list[tuple[str, Expr]]


def _add_join(key: JoinKey, specs: list[Spec], relation: Relation, building: Building) -> None:
    sides = _sides(specs, relation, building)
    right: Node = relation.current or relation.ref
    if sides.before:
        names = listed([name for name, _ in sides.before])
        says = f"{relation.name}, with {names} computed from each row."
        right = Derive(right, tuple(sides.before), building.step(f"{relation.name}_values", says))
    if sides.columns:
        step = building.step(f"with_{relation.name}", _says(key, specs, relation, building))
        building.put(
            lambda left: AsOfJoin(
                left,
                right,
                key.keys,
                tuple(sides.columns),
                step,
                strict=key.strict,
                ttl_ms=key.ttl_ms,
                valid_for=_valid_for(relation),
                tie_breaker=key.tie_breaker,
                known_at=key.known_at,
            )
        )
        shown = [c for c in sides.columns if any(c.name == spec.name for spec in specs)]
        building.remember([(c.name, right.schema[c.column]) for c in shown])
    if sides.after:
        names = listed([name for name, _ in sides.after])
        says = f"{building.says_rows}, with {names} computed from the current window of {relation.name}."
        building.add_columns(sides.after, f"with_{relation.name}_values", says)
    declare(specs, building)


def _sides(specs: list[Spec], relation: Relation, building: Building) -> _Sides:
    sides = _Sides([], [], [])
    for spec in specs:
        typed = _typed(spec, relation, building)
        if type_of(typed) == Unknown:
            building.remember([(spec.name, Unknown)])
        elif isinstance(typed, Column):
            sides.columns.append(_joined(spec.name, typed.name, relation))
        elif relation.steps is None:
            taken = [*relation.ref.schema.names, *(name for name, _ in sides.before)]
            name = fresh(spec.name, taken)
            sides.before.append((name, typed))
            sides.columns.append(JoinedColumn(spec.name, name))
        else:
            sides.after.append((spec.name, _over_window(typed, sides, relation, building)))
    return sides


def _joined(name: str, column: str, relation: Relation) -> JoinedColumn:
    return JoinedColumn(name, column, column in relation.zeros)


def _over_window(expr: Expr, sides: _Sides, relation: Relation, building: Building) -> Expr:
    """Return an expression over a sliding view's columns as they are joined: where no window is
    current it is computed from their zeros and NULLs.
    """
    names: dict[str, str] = {}
    for column in columns_of(expr):
        taken = [
            *building.node.schema.names,
            *building.columns.names,
            *(c.name for c in sides.columns),
        ]
        names[column] = fresh(f"{relation.name}_{column}", taken)
        sides.columns.append(_joined(names[column], column, relation))
    return rename_columns(expr, names)


def _typed(spec: Spec, relation: Relation, building: Building) -> Expr:
    assert spec.expr is not None
    try:
        return resolve(spec.expr, Schema(relation.visible.columns))
    except ExpressionError as error:
        fault = f"in {relation.name}: {error.fault}"
        building.scope.fault(building.view, spec.name, fault, error.allowed)
        return BROKEN


def _valid_for(relation: Relation) -> int | CalendarSpan | None:
    if relation.steps is None:
        return None
    if isinstance(relation.steps, CalendarSteps):
        return CalendarSpan(relation.steps.days)
    return relation.steps.step_ms


def _says(key: JoinKey, specs: list[Spec], relation: Relation, building: Building) -> str:
    names = listed([spec.name for spec in specs])
    by = listed([left for left, _ in key.keys])
    before = "before" if key.strict else "at or before"
    if relation.steps is not None:
        match = "from the window that is current at its time (0 or NULL where none is)"
    else:
        age = f", at most {in_words(key.ttl_ms)} old" if key.ttl_ms is not None else ""
        known = ", of those known at its time" if key.known_at is not None else ""
        match = f"from the latest row {before} its time{age}{known} (NULL where there is none)"
    return f"{building.says_rows}, with {names} of {relation.name} by {by}, {match}."
