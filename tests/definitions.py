"""Sources and views of the tests on definitions, each made in one line."""

from __future__ import annotations

from typing import Any

import sqlfeat as sf

TIME: dict[str, Any] = {"timestamp_field": "at", "timestamp_format": "%Y-%m-%d %H:%M:%S"}
NO_TIME: dict[str, Any] = {"timestamp_field": None, "timestamp_format": None}


def events(name: str = "events", **more: Any) -> sf.FileSystemSource:
    settings = {"schema": {"id": sf.String, "n": sf.Int64, "at": sf.String}, **TIME, **more}
    return sf.FileSystemSource(name, **{"path": f"{name}.json", **settings})


def prices(name: str = "prices", **more: Any) -> sf.FileSystemSource:
    settings = {"schema": {"id": sf.String, "price": sf.Float64, "at": sf.String}, "keys": ["id"]}
    return events(name, **{**settings, **more})


def derived(*features: Any, name: str = "view", source: Any = None, **more: Any) -> sf.DerivedFeatureView:
    made = events() if source is None else source
    return sf.DerivedFeatureView(name, source=made, features=list(features), **more)


def sliding(*features: Any, name: str = "view", source: Any = None, **more: Any) -> sf.SlidingFeatureView:
    made = events() if source is None else source
    return sf.SlidingFeatureView(name, source=made, features=list(features), **more)


def join(expr: Any = "price", table: Any = None, **more: Any) -> sf.JoinTransform:
    return sf.JoinTransform(prices() if table is None else table, expr, **more)


def over(
    expr: Any = "n",
    agg_func: Any = "SUM",
    size: Any = "1 minute",
    keys: Any = ("id",),
    where: Any = None,
    **more: Any,
) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, agg_func, size, keys, where, **more)


def slide(
    expr: Any = "n",
    agg_func: Any = "SUM",
    size: Any = "2 minutes",
    step: Any = "1 minute",
    keys: Any = ("id",),
    where: Any = None,
    **more: Any,
) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, step, keys, where, **more)
