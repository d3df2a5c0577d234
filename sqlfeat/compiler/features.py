"""The features of a view, made uniform, and the order in which they can be computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from sqlfeat.compiler.python_functions import python_call
from sqlfeat.compiler.reach import split_reference
from sqlfeat.compiler.scope import Scope
from sqlfeat.compiler.shapes import check_shape
from sqlfeat.dsl.transforms import (
    ExpressionTransform,
    JoinTransform,
    OverWindowTransform,
    PythonUdfTransform,
    SlidingWindowTransform,
    Transform,
)
from sqlfeat.dsl.views import Feature, FeatureView
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.aggregates import COUNTING
from sqlfeat.expr.builder import to_expr
from sqlfeat.expr.nodes import BROKEN, Column, Expr, columns_of
from sqlfeat.types import DataType, is_type
from sqlfeat.words import is_clean

COMPUTED = (ExpressionTransform, PythonUdfTransform)
"""The transforms that compute a value from the row alone."""

KINDS: tuple[tuple[type[Transform], ...], ...] = ((JoinTransform,), COMPUTED, (OverWindowTransform,))
"""The transforms that a derived view computes, in the order in which it prefers to."""


@dataclass(frozen=True)
class Spec:
    """A feature whose expressions were parsed.

    `expr` is what the transform computes (over the joined table for a join), `where` its filter.
    `reads` are the columns of the view's own rows that it needs.
    """

    name: str
    transform: Transform
    expr: Expr | None
    where: Expr | None
    reads: frozenset[str]
    dtype: DataType | None
    keys: tuple[str, ...] | None


def specs_of(view: FeatureView, scope: Scope) -> list[Spec]:
    """Return the features of a view, parsed; one that cannot be is noted, and has no known type."""
    specs: dict[str, Spec] = {}
    for feature in view.features:
        named = _named(feature, view, scope)
        if named is None:
            continue
        if named.name in specs:
            scope.fault(view.name, named.name, "the feature is there twice.", "Rename one.")
            continue
        specs[named.name] = _spec(named, view, scope) or _unknown(named.name)
    return list(specs.values())


def _unknown(name: str) -> Spec:
    """Return what stands for a feature whose mistakes were noted."""
    return Spec(name, ExpressionTransform(""), BROKEN, None, frozenset(), None, None)


def _named(feature: Feature | str, view: FeatureView, scope: Scope) -> Feature | None:
    if isinstance(feature, Feature):
        if not is_clean(feature.name):
            check_shape(feature, view.name, None, scope)
            return None
        return feature if feature.transform is not None else _said_by_name(feature, view, scope)
    if not is_clean(feature):
        allowed = "A feature is a Feature or text, not empty, without control characters."
        scope.fault(view.name, None, f"{feature!r} is not a feature.", allowed)
        return None
    return _said_by_name(Feature(feature), view, scope)


def _said_by_name(feature: Feature, view: FeatureView, scope: Scope) -> Feature:
    """Return a feature whose name is that of a column, or of a table and what is joined from it."""
    names = {**scope.known, **{table.name: table for table in view.tables}}
    found = split_reference(feature.name, names)
    if found is None:
        return replace(feature, transform=_column_text(feature.name))
    table, column = found
    join = JoinTransform(names.get(table, table), column)
    return replace(feature, name=column.strip("`"), transform=join)


def _column_text(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _spec(feature: Feature, view: FeatureView, scope: Scope) -> Spec | None:
    problems = len(scope.problems)
    transform = feature.transform
    assert transform is not None
    if not isinstance(transform, Transform):
        transform = ExpressionTransform(transform)
    good = check_shape(feature, view.name, feature.name, scope)
    if not good or not check_shape(transform, view.name, feature.name, scope):
        return None
    if not isinstance(transform, (*chain(*KINDS), SlidingWindowTransform)):
        scope.fault(view.name, feature.name, f"{type(transform).__name__} is not a transform.")
    if feature.dtype is not None and not is_type(feature.dtype):
        fault = f"{feature.dtype!r} is not a type."
        scope.fault(view.name, feature.name, fault, "Types are those of sqlfeat, such as sqlfeat.Int64.")
    if isinstance(transform, PythonUdfTransform):
        expr = python_call(transform, feature, view.name, scope)
    else:
        expr = _counted_or_parsed(transform, feature, view, scope)
    where = _parsed(getattr(transform, "filter_expr", None), feature, view, scope)
    if len(scope.problems) > problems or expr is None:
        return None
    return Spec(
        feature.name,
        transform,
        expr,
        where,
        frozenset(_reads(transform, expr, where)),
        feature.dtype,
        None if feature.keys is None else tuple(feature.keys),
    )


def _counted_or_parsed(
    transform: Transform, feature: Feature, view: FeatureView, scope: Scope
) -> Expr | None:
    """Return the expression of a transform; COUNT and ROW_NUMBER of "*" count a constant."""
    expr = getattr(transform, "expr", None)
    counting = str(getattr(transform, "agg_func", "")).upper() in COUNTING
    if isinstance(expr, str) and expr == "*" and counting:
        return to_expr(1)
    return _parsed(expr, feature, view, scope)


def _parsed(value: object, feature: Feature, view: FeatureView, scope: Scope) -> Expr | None:
    if value is None:
        return None
    try:
        return to_expr(value)  # type: ignore[arg-type]
    except ExpressionError as error:
        scope.caught(view.name, feature.name, error)
        return None


def _reads(transform: Transform, expr: Expr, where: Expr | None) -> Iterator[str]:
    if isinstance(transform, JoinTransform):
        return
    yield from columns_of(expr)
    if where is not None:
        yield from columns_of(where)
    if isinstance(transform, OverWindowTransform | SlidingWindowTransform):
        yield from transform.group_by_keys
        if transform.tie_breaker is not None:
            yield transform.tie_breaker


def is_source_column(spec: Spec) -> bool:
    """Whether the feature is a column of the source under its own name: nothing to compute."""
    return spec.expr == Column(spec.name) and isinstance(spec.transform, ExpressionTransform)


def batches(specs: list[Spec]) -> Iterator[list[Spec]]:
    """Yield the features in batches of one kind that can be computed together.

    A feature comes after those above it that it reads, and after those above it that read the column
    which it replaces.
    """
    waits = _waits(specs)
    pending = dict.fromkeys(range(len(specs)))
    while pending:
        for kind in KINDS:
            ready = [
                place
                for place in pending
                if isinstance(specs[place].transform, kind) and waits[place].isdisjoint(pending)
            ]
            if ready:
                for place in ready:
                    del pending[place]
                yield [specs[place] for place in ready]
                break
        else:
            raise AssertionError([specs[place].name for place in pending])


def _waits(specs: list[Spec]) -> list[set[int]]:
    """Return, for each feature, the places above it of those that it reads or whose input it replaces."""
    places = {spec.name: place for place, spec in enumerate(specs)}
    readers: dict[str, list[int]] = {}
    waits = []
    for place, spec in enumerate(specs):
        read = {places[name] for name in spec.reads if places.get(name, place) < place}
        waits.append(read.union(readers.get(spec.name, ())))
        for name in spec.reads:
            readers.setdefault(name, []).append(place)
    return waits
