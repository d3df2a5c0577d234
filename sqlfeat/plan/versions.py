"""The point-in-time join on a versioned table: its rows in order of time, the latest for each key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.expr.nodes import Expr, type_of
from sqlfeat.plan.base import Node, Step, kept_columns, require_names, time_of
from sqlfeat.types import Boolean, Int64, Schema


@dataclass(frozen=True)
class MillisecondLater(Node):
    """The rows of the input, each with an event time that is one millisecond later. `columns` are what
    comes out, each with the input's column that it is.
    """

    input: Node
    columns: tuple[tuple[str, str], ...]
    step: Step

    def __post_init__(self) -> None:
        time = time_of(self.input, "being a millisecond later")
        require_names((time, *(of for _, of in self.columns)), self.input.schema, "being later")

    @cached_property
    def schema(self) -> Schema:
        schema = self.input.schema
        return Schema(tuple((name, schema[of]) for name, of in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class AlsoLater(Node):
    """The rows of the input, and each once more with an event time that is one millisecond later; only
    then its `marker` is true. `columns` are what comes out, each with the input's column that it is.
    """

    input: Node
    columns: tuple[tuple[str, str], ...]
    marker: str
    step: Step

    def __post_init__(self) -> None:
        time = time_of(self.input, "being a millisecond later")
        require_names((time, *(of for _, of in self.columns)), self.input.schema, "being later")

    @cached_property
    def schema(self) -> Schema:
        schema = self.input.schema
        columns = tuple((name, schema[of]) for name, of in self.columns)
        return Schema((*columns, (self.marker, Boolean)))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class InTimeOrder(Node):
    """The rows of the input, these columns of them, passed on in the order of their event time.

    `marker` is the number of rows of the same keys and time, or, with a `tie_breaker`, the greatest
    of those rows' tie-breakers.
    """

    input: Node
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    tie_breaker: str | None
    marker: str
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "ordering by time")
        require_names((*self.keys, *self.columns), self.input.schema, "ordering by time")

    @cached_property
    def schema(self) -> Schema:
        kept = self.input.schema.select(self.columns)
        marker = Int64 if self.tie_breaker is None else self.input.schema[self.tie_breaker]
        return kept.extend(((self.marker, marker),))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class NumberedByAge(Node):
    """The rows of an InTimeOrder that its marker keeps, numbered in `age` from the latest of a key."""

    input: InTimeOrder
    age: str
    step: Step

    @cached_property
    def schema(self) -> Schema:
        kept = self.input.schema.select(self.input.columns)
        return kept.extend(((self.age, Int64),))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


LEFT, RIGHT = "l", "r"
"""How the sides of a join on versions are named in its expressions."""


@dataclass(frozen=True)
class VersionJoin(Node):
    """Each row of `left` once, with columns of the version of `right` that was valid at its time.

    `right` is a table with one version for each key and time. A match also has to meet `on` (None:
    nothing more). The expressions name the sides as LEFT and RIGHT.
    """

    left: Node
    right: Node
    keys: tuple[tuple[str, str], ...]
    on: Expr | None
    columns: tuple[tuple[str, Expr], ...]
    step: Step

    @property
    def kept(self) -> tuple[str, ...] | None:
        """The left side's columns that stay as they are; None: all of them."""
        return kept_columns(self.left.schema, tuple(name for name, _ in self.columns))

    @cached_property
    def schema(self) -> Schema:
        new = tuple((name, type_of(expr)) for name, expr in self.columns)
        return self.left.schema.extend(new)

    @property
    def event_time(self) -> str | None:
        return self.left.event_time
