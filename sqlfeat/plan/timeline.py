"""The point-in-time join on one timeline: both sides under each other, versions carried forward."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.errors import SchemaError
from sqlfeat.expr.nodes import Expr
from sqlfeat.plan.base import Node, Step, require_names, time_of
from sqlfeat.types import Int32, Schema, StructType


@dataclass(frozen=True)
class Timeline(Node):
    """The rows of `left`, and under them the rows of `right` whose keys are not NULL.

    A row of `left` has its columns, `side` as its place among rows of one time, and a NULL `version`.
    A row of `right` has the keys, the time, its own `side`, and `version`: a struct of its
    `version_columns`. The side that counts first at a time has the smaller number. `since` is the time
    of a row of `right`, from which on it may be a match; one whose `known_at` is NULL never is.
    """

    left: Node
    right: Node
    keys: tuple[tuple[str, str], ...]
    version_columns: tuple[str, ...]
    side: str
    version: str
    left_place: int
    since: Expr
    known_at: str | None
    step: Step

    def __post_init__(self) -> None:
        require_names(self.version_columns, self.right.schema, "the timeline")
        if {self.side, self.version} & set(self.left.schema.names):
            raise SchemaError("the timeline's own columns have names of the left side")

    @property
    def right_place(self) -> int:
        """The number of the right side."""
        return 1 - self.left_place

    @property
    def right_keys(self) -> dict[str, str]:
        """The right key of each left key."""
        return dict(self.keys)

    @property
    def version_type(self) -> StructType:
        """The type of a version."""
        columns = self.right.schema.select(self.version_columns).columns
        return StructType("STRUCT", columns)

    @cached_property
    def schema(self) -> Schema:
        extra = ((self.side, Int32), (self.version, self.version_type))
        return self.left.schema.extend(extra)

    @property
    def event_time(self) -> str | None:
        return self.left.event_time


@dataclass(frozen=True)
class CarryForward(Node):
    """Each row of a timeline, with the latest `version` at or before it among the rows of its keys.

    Versions that tie in time follow each other in the order of their columns. With `age`, columns of a
    version, the latest is the greatest by them of those so far, in whatever order they came.
    """

    input: Node
    keys: tuple[str, ...]
    side: str
    version: str
    tie_columns: tuple[str, ...]
    step: Step
    age: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        time_of(self.input, "carrying a version forward")
        require_names((*self.keys, self.side, self.version), self.input.schema, "carrying forward")

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema

    @property
    def event_time(self) -> str | None:
        return self.input.event_time
