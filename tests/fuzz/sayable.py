"""Whether every dialect says an aggregate of a type, found out by asking: what one refuses is rare."""

from __future__ import annotations

import functools
from typing import Any

import sqlfeat as sf
from sqlfeat.dialects.registry import DIALECTS
from sqlfeat.errors import DefinitionError, UnsupportedError
from sqlfeat.render.statements import statements_of
from sqlfeat.types import DataType

REFUSED_SHARE = 0.004
"""How many of the aggregates that a dialect refuses are made all the same."""


OPTIONS: dict[str, Any] = {"limit": 2, "tie_breaker": "k"}


@functools.cache
def share_of(aggregate: str, dtype: DataType, sliding: bool, options: tuple[str, ...] = ()) -> float:
    """Return how many of the aggregates of a type, over windows of this kind and with such options, are
    made: all where each dialect says it, none where the definition is wrong.
    """
    try:
        plan = sf.plan(_view(aggregate, dtype, sliding, {name: OPTIONS[name] for name in options}))
        for dialect in DIALECTS:
            statements_of(plan, dialect)
    except DefinitionError:
        return 0.0
    except UnsupportedError:
        return REFUSED_SHARE
    return 1.0


def _view(aggregate: str, dtype: DataType, sliding: bool, options: dict[str, Any]) -> Any:
    schema = {"k": sf.Int64, "x": dtype, "at": sf.Timestamp}
    events = sf.FileSystemSource("events", path="events", schema=schema, timestamp_field="at")
    if sliding:
        window = sf.SlidingWindowTransform("x", aggregate, "1 hour", "1 hour", ["k"], **options)
        return sf.SlidingFeatureView("view", source=events, features=[sf.Feature("f", window)])
    over = sf.OverWindowTransform("x", aggregate, "1 hour", ["k"], **options)
    return sf.DerivedFeatureView("view", source=events, features=[sf.Feature("f", over)])
