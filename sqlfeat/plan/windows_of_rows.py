"""Sliding windows as one row for each window that holds it, grouped by the windows' ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step, require_names, time_of
from sqlfeat.plan.slide import RealTimeSteps, SlideColumn
from sqlfeat.types import Date, Instant, Interval, Schema


@dataclass(frozen=True)
class TimeWindowsOfRows(Node):
    """Each row of the input once for each window of `size_ms` that holds it; `end` is the window's."""

    input: Node
    size_ms: int
    steps: RealTimeSteps
    end: str
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "a sliding window")

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(((self.end, Instant),))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class DayWindowsOfRows(Node):
    """Each row of the input once for each window of `size_days` that holds it; `end` is the midnight at
    which the window ends. Windows end every `step_days` days, counted from 1970-01-01.
    """

    input: Node
    size_days: int
    step_days: int
    end: str
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "a sliding window")

    @property
    def day(self) -> str:
        """The name of the day at whose midnight the window ends."""
        return self.end + "_day"

    @property
    def first_day(self) -> Expr:
        """The day at whose midnight the first window that holds the row ends."""
        time = Column(time_of(self.input, "a sliding window"), Instant)
        return Call("NEXT_WINDOW_DAY", (time, Literal(self.step_days, Interval)), Date)

    @property
    def later_days(self) -> int:
        """How many days later the last window that holds the row ends."""
        return self.size_days - self.step_days

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(((self.end, Instant),))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class GroupByWindow(Node):
    """For each key and window end: the keys, the aggregates, and `time`, the end less a millisecond."""

    input: Node
    keys: tuple[str, ...]
    end: str
    columns: tuple[SlideColumn, ...]
    time: str
    step: Step

    def __post_init__(self) -> None:
        require_names((*self.keys, self.end), self.input.schema, "grouping by window")

    @cached_property
    def schema(self) -> Schema:
        keys = tuple((key, self.input.schema[key]) for key in self.keys)
        columns = tuple((c.name, c.call.type) for c in self.columns)
        return Schema((*keys, (self.time, Instant), *columns))

    @property
    def event_time(self) -> str | None:
        return self.time
