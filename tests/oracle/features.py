"""The features of a view, all written the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlfeat.dsl.transforms import ExpressionTransform, JoinTransform, Transform
from sqlfeat.dsl.views import Feature, FeatureView
from sqlfeat.expr.builder import col

from .conversions import as_type, widens
from .errors import OracleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlfeat.dsl.tables import Table
    from sqlfeat.types import DataType


def features_of(view: FeatureView, tables: Mapping[str, Table]) -> list[Feature]:
    """Return each feature as a Feature with a Transform; a join's table as a Table.

    `tables` are those that are known by name everywhere; the view may name more.
    """
    known = {**tables, **{table.name: table for table in view.tables}}
    return [_spelled_out(feature, known) for feature in view.features]


def _spelled_out(feature: Feature | str, known: Mapping[str, Table]) -> Feature:
    if isinstance(feature, str):
        return _from_text(feature, known)
    transform = feature.transform
    if transform is None:
        said = _from_text(feature.name, known)
        return replace(said, dtype=feature.dtype, keys=feature.keys)
    if not isinstance(transform, Transform):
        return replace(feature, transform=ExpressionTransform(transform))
    if isinstance(transform, JoinTransform) and isinstance(transform.table_name, str):
        if transform.table_name not in known:
            raise OracleError(f"feature {feature.name!r}: there is no table {transform.table_name!r}")
        return replace(feature, transform=replace(transform, table_name=known[transform.table_name]))
    return feature


def _from_text(text: str, known: Mapping[str, Table]) -> Feature:
    """`prices.price` joins, if there is a table `prices`; all else is a column of the source."""
    for name in sorted(known, key=len, reverse=True):
        if text.startswith(name + "."):
            expr = text[len(name) + 1 :]
            return Feature(expr.strip("`"), JoinTransform(known[name], expr))
    return Feature(text, ExpressionTransform(col(text)))


def declared(feature: Feature, dtype: DataType, values: list) -> tuple[DataType, list]:
    """Return a feature's values in its declared type, or as they are if it has none."""
    if feature.dtype is None:
        return dtype, values
    if not widens(dtype, feature.dtype):
        raise OracleError(f"feature {feature.name!r}: {dtype} does not widen to {feature.dtype}")
    return feature.dtype, [as_type(value, feature.dtype) for value in values]
