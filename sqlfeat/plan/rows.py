"""Nodes that look at one row at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.errors import SchemaError
from sqlfeat.expr.nodes import Call, Expr, type_of
from sqlfeat.plan.base import Node, Step, kept_columns, require_columns
from sqlfeat.types import Boolean, Schema, Unknown


@dataclass(frozen=True)
class Ref(Node):
    """The rows of a named table of the plan: a source or a view."""

    name: str
    columns: Schema
    time: str | None

    @cached_property
    def schema(self) -> Schema:
        return self.columns

    @property
    def event_time(self) -> str | None:
        return self.time


@dataclass(frozen=True)
class Aliased(Node):
    """The rows of a source, whose fields are named by their place."""

    input: Ref
    step: Step

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class Derive(Node):
    """Each row of the input, with columns computed from it. One of a known name replaces it."""

    input: Node
    columns: tuple[tuple[str, Expr], ...]
    step: Step

    def __post_init__(self) -> None:
        for name, expr in self.columns:
            require_columns(expr, self.input.schema, f"the column {name!r}")

    @property
    def kept(self) -> tuple[str, ...] | None:
        """The columns that stay as they are; None: all of the input's."""
        return kept_columns(self.input.schema, tuple(name for name, _ in self.columns))

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(tuple((name, type_of(expr)) for name, expr in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class Filter(Node):
    """The rows of the input for which the predicate is true; not those where it is NULL."""

    input: Node
    predicate: Expr
    step: Step

    def __post_init__(self) -> None:
        require_columns(self.predicate, self.input.schema, "the filter")
        if type_of(self.predicate) not in (Boolean, Unknown):
            raise SchemaError(f"a filter is BOOLEAN, not {type_of(self.predicate)}")

    @property
    def alternatives(self) -> tuple[Expr, ...]:
        """The conditions of which one has to be met."""
        return _sides_of_or(self.predicate)

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class Select(Node):
    """For each row of the input that matches `where` (None: all), exactly these columns."""

    input: Node
    columns: tuple[tuple[str, Expr], ...]
    time: str | None
    step: Step
    where: Expr | None = None

    def __post_init__(self) -> None:
        for name, expr in self.columns:
            require_columns(expr, self.input.schema, f"the column {name!r}")

    @cached_property
    def schema(self) -> Schema:
        return Schema(tuple((name, type_of(expr)) for name, expr in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.time


def _sides_of_or(expr: Expr) -> tuple[Expr, ...]:
    if not isinstance(expr, Call) or expr.function != "OR":
        return (expr,)
    return tuple(side for arg in expr.args for side in _sides_of_or(arg))
