"""Features and transforms of the cases, as sqlfeat writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlfeat as sf
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.transforms import Transform
from tests.conformance.dtypes import dtype_of
from tests.conformance.functions import python_udf

Given = Mapping[str, Any]


def _expression(given: Given) -> Transform:
    return sf.ExpressionTransform(given["expr"])


def _over_window(given: Given) -> Transform:
    return sf.OverWindowTransform(
        given["expr"],
        given["agg_func"],
        window_size=span(given["window_size_ms"]),
        **_window(given),
    )


def _sliding_window(given: Given) -> Transform:
    return sf.SlidingWindowTransform(
        given["expr"],
        given["agg_func"],
        window_size=span(given["window_size_ms"]),
        step_size=span(given["step_size_ms"]),
        **_window(given),
    )


def _window(given: Given) -> dict[str, Any]:
    """Return the fields that both kinds of windows have."""
    wanted = {name: given.get(name) for name in ("group_by_keys", "filter_expr", "limit")}
    return {name: value for name, value in wanted.items() if value is not None}


def span(milliseconds: int | None) -> timedelta | None:
    return None if milliseconds is None else timedelta(milliseconds=milliseconds)


TRANSFORMS = {
    "expression": _expression,
    "over_window": _over_window,
    "python_udf": python_udf,
    "sliding_window": _sliding_window,
}


def features_of(given: Given, tables: Mapping[str, Table]) -> list[sf.Feature | str]:
    """Return the features of a view. `tables` are those that a feature given as text may join.

    FeatHub gives a joined value of which the text is no name a number for a name: `_0`.
    """
    features: list[sf.Feature | str] = []
    for feature in given["features"]:
        if not isinstance(feature, str):
            features.append(_feature(feature))
        elif "[" in feature:
            table, _, expr = feature.partition(".")
            unnamed = sum(isinstance(one, sf.Feature) and one.name.startswith("_") for one in features)
            features.append(sf.Feature(f"_{unnamed}", sf.JoinTransform(tables[table], expr)))
        else:
            features.append(feature)
    return features


def _feature(given: Given) -> sf.Feature:
    transform = transform_of(given["transform"])
    return sf.Feature(given["name"], transform, dtype=dtype_of(given["dtype"]), keys=given.get("keys"))


def transform_of(given: Given) -> Transform:
    return TRANSFORMS[given["type"]](given)
