"""Small plans for the tests of the rules, and pieces of their text."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import sqlfeat as sf
from sqlfeat.plan.show import show
from sqlfeat.plan.tables import Plan

TIME: dict[str, Any] = {"timestamp_field": "at", "timestamp_format": "%Y-%m-%d %H:%M:%S"}


def events(name: str = "events", **more: Any) -> sf.FileSystemSource:
    """Return a source of a key, a number and a time."""
    schema = {"id": sf.String, "n": sf.Int64, "at": sf.String}
    return sf.FileSystemSource(name, path=f"{name}.json", **{"schema": schema, **TIME, **more})


def prices(**more: Any) -> sf.FileSystemSource:
    """Return a source to join with: a key, a price, a number and a time."""
    schema = {"id": sf.String, "price": sf.Float64, "version": sf.Int64, "at": sf.String}
    settings = {**TIME, "keys": ["id"], **more}
    return sf.FileSystemSource("prices", path="prices.json", schema=schema, **settings)


def derived(*features: sf.Feature, source: Any = None) -> sf.DerivedFeatureView:
    """Return a view with these features."""
    return sf.DerivedFeatureView("view", source=source or events(), features=features)


def over(expr: str, name: str, size: str | None = "1 minute", **more: Any) -> sf.OverWindowTransform:
    """Return a window by `id`, or by other keys."""
    return sf.OverWindowTransform(expr, name, size, **{"group_by_keys": ["id"], **more})


def sliding(*features: sf.Feature, **more: Any) -> sf.SlidingFeatureView:
    """Return a sliding view with these features."""
    return sf.SlidingFeatureView(**{"name": "view", "source": events(), "features": features, **more})


def slide(
    expr: str,
    name: str,
    size: str = "2 minutes",
    step: str = "1 minute",
    where: str | None = None,
    **more: Any,
) -> sf.SlidingWindowTransform:
    """Return a sliding window by `id`."""
    return sf.SlidingWindowTransform(expr, name, size, step, ["id"], where, **more)


def plan(target: Any, timezone: str = "UTC") -> Plan:
    """Return the plan of a definition, before any rule."""
    return sf.plan(target, timezone=timezone)


def text(made: Plan, heading: str = "view view") -> str:
    """Return one piece of a plan's text, by the start of its first line."""
    pieces = show(made).rstrip("\n").split("\n\n")
    return next(piece for piece in pieces if piece.startswith(heading)) + "\n"


def below_columns(made: Plan, heading: str = "view view") -> str:
    """Return the tree of a view below the Select that chooses its columns."""
    lines = text(made, heading).splitlines()[1:]
    assert lines[0] == "  Select"
    first = next(n for n, line in enumerate(lines) if n and not line.startswith("    . "))
    return dedent("\n".join(lines[first:])) + "\n"


def schemas(made: Plan) -> dict[str, tuple[tuple[str, object], ...]]:
    """Return the columns of each view, by its name."""
    return {view.name: tuple(view.node.schema) for view in made.views}


def lines(expected: str) -> str:
    """Return an indented text of a test as the text of a plan."""
    return dedent(expected).lstrip("\n")
