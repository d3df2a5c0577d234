"""Derived feature views to plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlfeat.compiler.building import Building
from sqlfeat.compiler.features import Spec, batches, is_source_column, specs_of
from sqlfeat.compiler.joins import add_joins
from sqlfeat.compiler.python_functions import with_arguments
from sqlfeat.compiler.scope import Relation, Scope
from sqlfeat.compiler.sources import check_case, require_column
from sqlfeat.compiler.windows import add_windows
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.transforms import JoinTransform, OverWindowTransform, SlidingWindowTransform
from sqlfeat.dsl.views import DerivedFeatureView, FeatureView
from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.builder import to_expr
from sqlfeat.expr.nodes import BROKEN, Column, Expr
from sqlfeat.plan.rows import Filter, Select
from sqlfeat.plan.tables import ViewTable
from sqlfeat.types import Instant, Schema, Unknown
from sqlfeat.words import listed

CompileTable = Callable[[Table], Relation | None]


def compile_derived(
    view: DerivedFeatureView, source: Relation, scope: Scope, table: CompileTable
) -> Relation:
    """Add the view to the scope, and return what its readers see of it."""
    building = Building(view.name, scope, source.ref, source.visible, f"Each row of {source.name}")
    specs = [spec for spec in specs_of(view, scope) if _fits(spec, view, building)]
    relations = joined_relations(specs, view, scope, table)
    specs = [_with_join_keys(spec, relations.get(spec.name)) for spec in specs]
    for batch in batches(specs):
        _add(batch, relations, building)
    add_filter(view, building)
    keys = _view_keys(view, specs, relations, source, building)
    visible = _visible(view, specs, keys, source, building)
    _check_case(source, building)
    relation = finish(view, building, visible, keys, source.timestamp_field, source)
    return replace(relation, steps=None)


def _check_case(source: Relation, building: Building) -> None:
    """Note features that differ in case alone from each other or from a column of the source."""
    read = {name.casefold(): name for name in source.visible.names}
    added = (name for name in building.columns.names if name not in source.visible)
    check_case(dict.fromkeys((*read.values(), *added)), building.view, building.scope)


def _fits(spec: Spec, view: FeatureView, building: Building) -> bool:
    if isinstance(spec.transform, SlidingWindowTransform):
        building.scope.fault(
            view.name,
            spec.name,
            "SlidingWindowTransform does not fit into a DerivedFeatureView.",
            "Use an OverWindowTransform here, or a SlidingFeatureView.",
        )
        building.remember([(spec.name, Unknown)])
        return False
    return True


def joined_relations(
    specs: list[Spec], view: FeatureView, scope: Scope, table: CompileTable
) -> dict[str, Relation]:
    """Return, by feature, the compiled table that it joins."""
    names = {**scope.known, **{named.name: named for named in view.tables}}
    found: dict[str, Relation] = {}
    for spec in specs:
        if not isinstance(spec.transform, JoinTransform):
            continue
        joined = spec.transform.table_name
        if isinstance(joined, str) and joined not in names:
            near = nearest(joined, names)
            hint = f"Did you mean {near!r}?" if near else "Name it in tables=, or give the table itself."
            scope.fault(view.name, spec.name, f"there is no table {joined!r}.", hint)
            continue
        relation = table(names[joined] if isinstance(joined, str) else joined)
        if relation is not None:
            found[spec.name] = relation
    return found


def _with_join_keys(spec: Spec, relation: Relation | None) -> Spec:
    """Return the feature with the left keys of its join among the columns that it reads."""
    if not isinstance(spec.transform, JoinTransform) or relation is None:
        return spec
    return replace(spec, reads=frozenset(_left_keys(spec.transform, relation)))


def _left_keys(transform: JoinTransform, relation: Relation) -> tuple[str, ...]:
    return tuple(relation.keys if transform.keys is None else transform.keys)


def _add(batch: list[Spec], relations: dict[str, Relation], building: Building) -> None:
    if isinstance(batch[0].transform, JoinTransform):
        add_joins(batch, relations, building)
    elif isinstance(batch[0].transform, OverWindowTransform):
        add_windows(batch, building)
    else:
        add_expressions(batch, building)


def add_expressions(specs: list[Spec], building: Building) -> None:
    """Put the expression features on top of the view; a column under its own name needs nothing."""
    columns: list[tuple[str, Expr]] = []
    for spec in specs:
        assert spec.expr is not None
        typed = with_arguments(building.typed(spec.expr, spec.name), building.scope)
        declared = building.declared(typed, spec.dtype, spec.name)
        if not (is_source_column(spec) and declared == typed):
            columns.append((spec.name, declared))
    if columns:
        says = f"{building.says_rows}, with {listed([name for name, _ in columns])} computed from it."
        building.add_columns(columns, "with_expressions", says)


def add_filter(view: FeatureView, building: Building) -> None:
    """Put the view's filter on top of it."""
    if view.filter_expr is None:
        return
    try:
        predicate = building.condition(to_expr(view.filter_expr), None)
    except ExpressionError as error:
        building.scope.caught(view.name, None, error)
        return
    if predicate is not None and predicate != BROKEN:
        says = "Of these, the rows for which the view's filter_expr is true."
        step = building.step("kept", says)
        building.put(lambda input_: Filter(input_, predicate, step))


def _view_keys(
    view: DerivedFeatureView,
    specs: list[Spec],
    relations: dict[str, Relation],
    source: Relation,
    building: Building,
) -> tuple[str, ...]:
    """Return the keys of a view: what it says, else its features' keys, else its source's."""
    if view.keys is not None:
        for key in view.keys:
            require_column(key, building.columns, view.name, None, "the key", building.scope)
        return tuple(key for key in view.keys if key in building.columns)
    keys: dict[str, None] = {}
    for spec in specs:
        own: tuple[str, ...] = ()
        if spec.keys is not None:
            own = spec.keys
            for key in own:
                role = "the key"
                require_column(key, building.columns, view.name, spec.name, role, building.scope)
        elif isinstance(spec.transform, OverWindowTransform):
            own = tuple(spec.transform.group_by_keys)
        elif isinstance(spec.transform, JoinTransform) and spec.name in relations:
            own = _left_keys(spec.transform, relations[spec.name])
        keys.update(dict.fromkeys(key for key in own if key in building.columns))
    return tuple(keys) or source.keys


def _visible(
    view: DerivedFeatureView,
    specs: list[Spec],
    keys: tuple[str, ...],
    source: Relation,
    building: Building,
) -> Schema:
    """Return the columns that come out: the source's or keys and timestamp, then the features."""
    first = source.visible.names if view.keep_source_fields else keys
    time = () if view.keep_source_fields or not source.timestamp_field else (source.timestamp_field,)
    names = dict.fromkeys((*first, *time, *(spec.name for spec in specs)))
    return Schema(tuple((name, building.columns[name]) for name in names if name in building.columns))


def finish(
    view: FeatureView,
    building: Building,
    visible: Schema,
    keys: tuple[str, ...],
    timestamp_field: str | None,
    source: Relation,
) -> Relation:
    """Add the view to the scope: its visible columns, and the event time for those who read it."""
    columns: list[tuple[str, Expr]] = [(name, Column(name, dtype)) for name, dtype in visible]
    time = building.node.event_time
    if time is not None:
        columns.append((time, Column(time, Instant)))
    good = all(dtype != Unknown for _, dtype in visible)
    if good and not building.scope.problems:
        step = building.step(view.name + "_columns", "")
        node = Select(building.node, tuple(columns), time, step)
        says = f"{view.name}: {building.says_rows[0].lower()}{building.says_rows[1:]}."
        building.scope.views.append(ViewTable(view.name, node, visible.names, says))
    schema = visible if time is None else visible.extend(((time, Instant),))
    return Relation(
        view.name,
        type(source.ref)(view.name, schema, time),
        visible,
        tuple(key for key in keys if key in visible),
        timestamp_field if timestamp_field in visible else None,
        source.bounded,
    )
