"""Sliding windows whose rows have an order: the latest of a window, its values and their counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.expr.nodes import Column, Expr
from sqlfeat.plan.base import Node, Step, require_columns, require_names, time_of
from sqlfeat.plan.slide import Steps
from sqlfeat.plan.versions import LEFT, RIGHT
from sqlfeat.types import DataType, Instant, Int64, Schema

WINDOW_COLUMNS = ("window_start", "window_end", "window_time")


@dataclass(frozen=True)
class HopOfRows(Node):
    """Each row of the input once for each window of `size_ms` that holds it, with the columns
    window_start, window_end and window_time of that window.
    """

    input: Node
    size_ms: int
    steps: Steps
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "a sliding window")

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(tuple((name, Instant) for name in WINDOW_COLUMNS))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class LatestOfWindow(Node):
    """The rows of the input that are among the first `limit` of their keys and window, in the order of
    `order`, numbered in `age`; they come out in that order. With `counts`, a BOOLEAN column, those
    where it is true and the others are numbered each for themselves.
    """

    input: Node
    keys: tuple[str, ...]
    counts: str | None
    order: tuple[Expr, ...]
    newest_first: bool
    limit: int
    age: str
    step: Step

    def __post_init__(self) -> None:
        require_names((*self.keys, *WINDOW_COLUMNS), self.input.schema, "numbering the rows of a window")
        for expr in self.order:
            require_columns(expr, self.input.schema, "numbering the rows of a window")

    @property
    def partition(self) -> tuple[str, ...]:
        """The columns of which the values say which rows are numbered together."""
        return (*self.keys, "window_start", "window_end", *((self.counts,) if self.counts else ()))

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(((self.age, Int64),))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class ValuesOfWindow(Node):
    """A row for each key, window and value of the column `value`, NULL too: in `times` how many rows
    have it.
    """

    input: Node
    keys: tuple[str, ...]
    value: str
    times: str
    step: Step

    def __post_init__(self) -> None:
        named = (*self.keys, *WINDOW_COLUMNS, self.value)
        require_names(named, self.input.schema, "counting the values of a window")

    @property
    def grouped(self) -> tuple[str, ...]:
        """The columns that are grouped by."""
        return (*self.keys, *WINDOW_COLUMNS, self.value)

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.select(self.grouped).extend(((self.times, Int64),))

    @property
    def event_time(self) -> str | None:
        return None


@dataclass(frozen=True)
class MapOfValues(Node):
    """For each key and window: the keys, `time`, the window's end less a millisecond, and in `name` a
    map from each value of the window that is not NULL to how often it is there; NULL without any.
    """

    input: ValuesOfWindow
    time: str
    name: str
    type: DataType
    step: Step

    @cached_property
    def schema(self) -> Schema:
        keys = tuple((key, self.input.schema[key]) for key in self.input.keys)
        return Schema((*keys, (self.time, Instant), (self.name, self.type)))

    @property
    def event_time(self) -> str | None:
        return self.time


@dataclass(frozen=True)
class SameWindowJoin(Node):
    """The rows of both sides that are of one window: equal keys, NULLs too, and one `time`. Each side has
    a row for each of the windows. `columns` come out, each named with its side, LEFT or RIGHT.
    """

    left: Node
    right: Node
    keys: tuple[str, ...]
    time: str
    columns: tuple[Column, ...]
    step: Step

    def __post_init__(self) -> None:
        for side, node in ((LEFT, self.left), (RIGHT, self.right)):
            read = tuple(column.name for column in self.columns if column.of == side)
            require_names((*self.keys, self.time, *read), node.schema, "a join of the same windows")

    @cached_property
    def schema(self) -> Schema:
        return Schema(tuple((column.name, column.type) for column in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.time


@dataclass(frozen=True)
class Age:
    """In a column, the number of a row among those of the same `whose`, the first in `order` last."""

    name: str
    whose: tuple[Expr, ...]
    order: tuple[Expr, ...]


@dataclass(frozen=True)
class NumberedInWindow(Node):
    """The rows of the input, with their ages: the row that is last in the order of an age has 1."""

    input: Node
    ages: tuple[Age, ...]
    step: Step

    def __post_init__(self) -> None:
        for age in self.ages:
            for expr in (*age.whose, *age.order):
                require_columns(expr, self.input.schema, "numbering the rows of a window")

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(tuple((age.name, Int64) for age in self.ages))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class Times:
    """In a column, how many rows of the same `whose` have the value that the row has of `value`."""

    name: str
    whose: tuple[str, ...]
    value: str


@dataclass(frozen=True)
class CountedInWindow(Node):
    """The rows of the input, with how often each value is in their window."""

    input: Node
    counts: tuple[Times, ...]
    step: Step

    def __post_init__(self) -> None:
        for times in self.counts:
            require_names((*times.whose, times.value), self.input.schema, "counting values")

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(tuple((times.name, Int64) for times in self.counts))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time
