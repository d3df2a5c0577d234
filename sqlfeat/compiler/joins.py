"""Join features to point-in-time joins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlfeat.compiler.building import Building, listed
from sqlfeat.compiler.declared import declare
from sqlfeat.compiler.features import Spec
from sqlfeat.compiler.scope import Relation, fresh
from sqlfeat.compiler.sources import duration_of, require_column
from sqlfeat.dsl.durations import in_words
from sqlfeat.dsl.transforms import JoinTransform
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.nodes import Column, Expr, type_of
from sqlfeat.expr.resolve import resolve
from sqlfeat.plan.base import Node
from sqlfeat.plan.join import AsOfJoin, CalendarSpan, JoinedColumn
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import CalendarSteps
from sqlfeat.types import DataType, Schema, Unknown


@dataclass(frozen=True)
class JoinKey:
    """What must be the same for two features to share one join."""

    table: str
    keys: tuple[tuple[str, str], ...]
    strict: bool
    ttl_ms: int | None
    tie_breaker: str | None


def join_keys(
    transform: JoinTransform, relation: Relation, building: Building, feature: str
) -> tuple[tuple[str, str], ...]:
    """Return the pairs of columns that a join compares; the table's keys unless it says."""
    keys = transform.keys
    if isinstance(keys, Mapping):
        return tuple(keys.items())
    names = relation.keys if keys is None else tuple(keys)
    if not names:
        building.scope.fault(
            building.view, feature, f"{relation.name} has no keys to join by.",
            "Give the table keys=, or the JoinTransform.",
        )
    return tuple((name, name) for name in names)


def add_joins(
    specs: list[Spec], relations: Mapping[str, Relation], building: Building
) -> None:
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
        scope.fault(view, spec.name, f"{relation.name} has no timestamp_field: no point in time.")
    if building.node.event_time is None:
        scope.fault(view, spec.name, "the view's source has no timestamp_field: no point in time.")
    if transform.tie_breaker is not None:
        role = f"the tie_breaker of {relation.name}"
        require_column(transform.tie_breaker, relation.visible, view, spec.name, role, scope)
    ttl = duration_of(transform.ttl, view, f"feature {spec.name!r}, ttl", scope)
    if not keys or len(scope.problems) > problems:
        return None
    return JoinKey(relation.name, keys, transform.strict, ttl, transform.tie_breaker)


def _same_type(
    left: DataType, right: DataType, key: str, spec: Spec, building: Building
) -> None:
    if left != right and Unknown not in (left, right):
        building.scope.fault(
            building.view, spec.name, f"the join key {key!r} is {left} on the left, {right} on the right.",
            "Make them one type, with a CAST in a feature above this one.",
        )


def _add_join(key: JoinKey, specs: list[Spec], relation: Relation, building: Building) -> None:
    right, columns = _right_side(specs, relation, building)
    if columns and building.node.event_time is not None and right.event_time is not None:
        step = building.step(f"with_{relation.name}", _says(key, specs, relation, building))
        building.node = AsOfJoin(
            building.node,
            right,
            key.keys,
            tuple(columns),
            step,
            strict=key.strict,
            ttl_ms=key.ttl_ms,
            valid_for=_valid_for(relation),
            tie_breaker=key.tie_breaker,
        )
        building.remember([(c.name, right.schema[c.column]) for c in columns])
    declare(specs, building)


def _right_side(
    specs: list[Spec], relation: Relation, building: Building
) -> tuple[Node, list[JoinedColumn]]:
    """Return the joined table, with a column for each value that is not simply one of its own."""
    computed: list[tuple[str, Expr]] = []
    columns: list[JoinedColumn] = []
    for spec in specs:
        typed = _typed(spec, relation, building)
        if type_of(typed) == Unknown:
            building.remember([(spec.name, Unknown)])
        elif isinstance(typed, Column):
            columns.append(JoinedColumn(spec.name, typed.name, typed.name in relation.zeros))
        else:
            taken = [*relation.ref.schema.names, *(name for name, _ in computed)]
            name = fresh(spec.name, taken)
            computed.append((name, typed))
            columns.append(JoinedColumn(spec.name, name))
    node: Node = relation.ref
    if computed:
        says = f"{relation.name}, with {listed([name for name, _ in computed])} computed from each row."
        node = Derive(node, tuple(computed), building.step(f"{relation.name}_values", says))
    return node, columns


def _typed(spec: Spec, relation: Relation, building: Building) -> Expr:
    assert spec.expr is not None
    try:
        return resolve(spec.expr, Schema(relation.visible.columns))
    except ExpressionError as error:
        fault = f"in {relation.name}: {error.fault}"
        building.scope.fault(building.view, spec.name, fault, error.allowed)
        return Column("", Unknown)


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
        match = f"from the latest row {before} its time{age} (NULL where there is none)"
    return f"{building.says_rows}, with {names} of {relation.name} by {by}, {match}."
