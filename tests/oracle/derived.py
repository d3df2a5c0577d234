"""Derived feature views: the rows of a source, with features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlfeat.dsl.transforms import (
    ExpressionTransform,
    JoinTransform,
    OverWindowTransform,
    PythonUdfTransform,
)
from sqlfeat.types import Boolean, DataType, Null

from .errors import OracleError
from .expressions import formula
from .features import declared
from .joins import Read, join, pairs_of
from .over import over
from .python import called
from .relation import Relation, Row, Rows

if TYPE_CHECKING:
    from sqlfeat.dsl.views import DerivedFeatureView, Feature, FeatureView


COMPUTED = (ExpressionTransform, PythonUdfTransform)


def derive(
    view: DerivedFeatureView, features: list[Feature], source: Relation, rows: Rows, read: Read
) -> Relation:
    """Return the view. `rows` are the source's, and get the features one after the other."""
    for feature in features:
        dtype, values = _values(feature, features, rows, read)
        rows.put(feature.name, *declared(feature, dtype, values))
    keep_matching(view, rows)
    keys = _keys(view, features, source, read)
    time = () if source.timestamp_field is None else (source.timestamp_field,)
    first = tuple(source.columns) if view.keep_source_fields else (*keys, *time)
    columns, chosen = rows.select([*first, *(feature.name for feature in features)])
    seen = source.timestamp_field if source.timestamp_field in columns else None
    return Relation(columns, chosen, tuple(key for key in keys if key in columns), seen)


def _values(feature: Feature, features: list[Feature], rows: Rows, read: Read) -> tuple[DataType, list]:
    transform = feature.transform
    if isinstance(transform, COMPUTED):
        return computed(feature, rows)
    if isinstance(transform, JoinTransform):
        return join(transform, features, rows, read)
    if isinstance(transform, OverWindowTransform):
        return over(transform, rows)
    raise OracleError(f"feature {feature.name!r}: a {type(transform).__name__} does not fit here")


def computed(feature: Feature, rows: Rows) -> tuple[DataType, list]:
    """Return the values of a feature that is computed from the row alone."""
    transform = feature.transform
    if isinstance(transform, PythonUdfTransform):
        return called(feature, rows)
    assert isinstance(transform, ExpressionTransform)
    value = formula(transform.expr, rows.columns, rows.zone)
    return value.type, [value.value(row.values) for row in rows.rows]


def keep_matching(view: FeatureView, rows: Rows) -> None:
    """Drop the rows for which the view's filter is not true."""
    if view.filter_expr is None:
        return
    matches = formula(view.filter_expr, rows.columns, rows.zone)
    if matches.type not in (Boolean, Null):
        raise OracleError(f"{view.name}: the filter_expr is {matches.type}")
    rows.rows = [row for row in rows.rows if matches.value(row.values) is True]


def copied(rows: list[Row]) -> list[Row]:
    return [Row(row.time, dict(row.values)) for row in rows]


def _keys(
    view: DerivedFeatureView, features: list[Feature], source: Relation, read: Read
) -> tuple[str, ...]:
    """Return the view's keys: its own, else those of its features, else the source's."""
    if view.keys is not None:
        return tuple(view.keys)
    keys: list[str] = []
    for feature in features:
        transform = feature.transform
        if feature.keys is not None:
            keys += feature.keys
        elif isinstance(transform, OverWindowTransform):
            keys += transform.group_by_keys
        elif isinstance(transform, JoinTransform):
            keys += (mine for mine, _ in pairs_of(transform, read(transform.table_name)))
    return tuple(dict.fromkeys(keys)) or source.keys
