"""The point-in-time join."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.errors import SchemaError
from sqlfeat.plan.base import Node, Step, require_names, time_of
from sqlfeat.types import Schema


@dataclass(frozen=True)
class CalendarSpan:
    """A number of days of the calendar: each as long as it is in the project's time zone."""

    days: int


@dataclass(frozen=True)
class JoinedColumn:
    """A column of the right side under a name on the left; `zero` where no match is 0, not NULL."""

    name: str
    column: str
    zero: bool = False


@dataclass(frozen=True)
class AsOfJoin(Node):
    """Every row of `left` once, with the columns of the latest row of `right` that has equal keys and
    whose time is at or before the row's (`strict`: before it), or NULLs (0 where a column says so).

    `ttl_ms`: a match older than the row by more counts as none. `valid_for`: a match counts only
    until its own time plus this many milliseconds, or days of the calendar, excluded. Of rows of
    `right` that tie, the one with the greatest `tie_breaker` wins. NULL keys match nothing.
    With `known_at`, a column of `right`, the match's value of it is not NULL and not after the row.
    """

    left: Node
    right: Node
    keys: tuple[tuple[str, str], ...]
    columns: tuple[JoinedColumn, ...]
    step: Step
    strict: bool = False
    ttl_ms: int | None = None
    valid_for: int | CalendarSpan | None = None
    tie_breaker: str | None = None
    known_at: str | None = None

    def __post_init__(self) -> None:
        time_of(self.left, "a point-in-time join")
        time_of(self.right, "a point-in-time join")
        if not self.keys:
            raise SchemaError("a point-in-time join needs keys")
        require_names(tuple(left for left, _ in self.keys), self.left.schema, "the join")
        require_names(tuple(right for _, right in self.keys), self.right.schema, "the join")
        require_names(tuple(c.column for c in self.columns), self.right.schema, "the join")
        require_names((self.known_at,) if self.known_at else (), self.right.schema, "the join")

    @cached_property
    def schema(self) -> Schema:
        right = self.right.schema
        return self.left.schema.extend(tuple((c.name, right[c.column]) for c in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.left.event_time
