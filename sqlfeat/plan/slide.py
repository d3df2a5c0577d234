"""Sliding windows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.errors import SchemaError
from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.plan.base import Node, Step, require_columns, require_names, time_of
from sqlfeat.types import Instant, Schema

DAY_MS = 86_400_000


@dataclass(frozen=True)
class RealTimeSteps:
    """Windows end every `step_ms`, in real time; one ends at `offset_ms` after 1970-01-01 00:00 UTC."""

    step_ms: int
    offset_ms: int = 0


@dataclass(frozen=True)
class CalendarSteps:
    """Windows end at midnights of the project's time zone, `days` apart, counted from 1970-01-01."""

    days: int

    @property
    def step_ms(self) -> int:
        """The step as if each day had 24 hours."""
        return self.days * DAY_MS

    @property
    def offset_ms(self) -> int:
        """No offset: midnights are where the zone has them."""
        return 0


Steps = RealTimeSteps | CalendarSteps


@dataclass(frozen=True)
class SlideColumn:
    """An aggregate over the windows of one size, as a column."""

    name: str
    call: AggregateCall
    size_ms: int


@dataclass(frozen=True)
class Slide(Node):
    """For each key and window end for which the largest window holds a row: the keys, the aggregates,
    and `time`, the window's end less one millisecond.

    `emptied`: also for the first window of a key that holds none after one that did. `reach_ms`: for
    each window of this size, larger than any of the columns, that holds a row.
    """

    input: Node
    keys: tuple[str, ...]
    columns: tuple[SlideColumn, ...]
    steps: Steps
    time: str
    step: Step
    emptied: bool = False
    reach_ms: int | None = None

    def __post_init__(self) -> None:
        time_of(self.input, "a sliding window")
        require_names(self.keys, self.input.schema, "a sliding window")
        for column in self.columns:
            if column.size_ms % self.steps.step_ms:
                raise SchemaError(f"the size of {column.name!r} is not a multiple of the step")
            for expr in (column.call.arg, column.call.where, column.call.tie_breaker):
                if expr is not None:
                    require_columns(expr, self.input.schema, f"the feature {column.name!r}")

    @property
    def size_ms(self) -> int:
        """How far the windows reach back: the largest size of a column, unless they reach further."""
        return self.reach_ms or max(column.size_ms for column in self.columns)

    @cached_property
    def schema(self) -> Schema:
        keys = tuple((key, self.input.schema[key]) for key in self.keys)
        columns = tuple((c.name, c.call.type) for c in self.columns)
        return Schema((*keys, (self.time, Instant), *columns))

    @property
    def event_time(self) -> str | None:
        return self.time
