"""Windows that reach back from each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Column, Expr
from sqlfeat.plan.base import Node, Step, kept_columns, require_columns, require_names, time_of
from sqlfeat.types import Schema
from sqlfeat.words import in_words, listed

SAYS = {
    "both": "from {} before its time up to it, both included",
    "right": "from less than {} before its time up to it",
    "left": "from {} before its time up to it, its time itself excluded",
    "none": "from less than {} before its time up to it, its time itself excluded",
}


@dataclass(frozen=True)
class Window:
    """The rows with equal `keys` from `reach` before a row's time up to `until` before it, both
    included. No `reach`: from the beginning; no `until`: up to the row's own time.

    `order` is the event time, as the rows are ordered and both are subtracted from: an expression, and
    literals of the same kind. `size_ms` and `closed` are what the window was defined by. One whose
    `unit` is ROWS is counted in rows instead: `reach` is how many before the row, in the order of the
    time and then of `by`.
    """

    name: str
    keys: tuple[str, ...]
    size_ms: int | None
    order: Expr
    reach: Expr | None
    until: Expr | None = None
    closed: str = "both"
    unit: str = "RANGE"
    by: tuple[Column, ...] = ()

    @property
    def says(self) -> str:
        """Which rows of a row the window holds, in a reader's words."""
        whose = f"the rows with its {listed(self.keys)}" if self.keys else "all rows"
        if self.unit == "ROWS":
            return f"over {whose} up to itself, in order"
        if self.size_ms is None:
            return f"over {whose} " + ("before its time" if self.closed == "left" else "up to its time")
        if self.size_ms == 0:
            return f"over {whose} at its time"
        return f"over {whose} " + SAYS[self.closed].format(in_words(self.size_ms))


@dataclass(frozen=True)
class OverColumn:
    """An aggregate over a window, as a column."""

    name: str
    call: AggregateCall
    window: Window


def windows_in_words(columns: Sequence[OverColumn]) -> str:
    """Return what columns are over which windows, in a reader's words."""
    groups = dict.fromkeys((column.window, column.call.limit) for column in columns)
    parts = []
    for window, limit in groups:
        names = [c.name for c in columns if (c.window, c.call.limit) == (window, limit)]
        rows = window.says
        if limit is not None:
            rows = rows.replace("over ", f"over the latest {limit} of ", 1)
        parts.append(f"{listed(names)} {rows}")
    return "; ".join(parts)


@dataclass(frozen=True)
class Over(Node):
    """Each row of the input, with aggregates over windows that end at it. A column of a known name
    replaces it.
    """

    input: Node
    columns: tuple[OverColumn, ...]
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "an OVER window")
        for column in self.columns:
            keys = (*column.window.keys, *(by.name for by in column.window.by))
            require_names(keys, self.input.schema, f"the window of {column.name!r}")
            for expr in (column.call.arg, column.call.where, column.call.tie_breaker):
                if expr is not None:
                    require_columns(expr, self.input.schema, f"the feature {column.name!r}")

    @property
    def kept(self) -> tuple[str, ...] | None:
        """The columns that stay as they are; None: all of the input's."""
        return kept_columns(self.input.schema, tuple(column.name for column in self.columns))

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows, each once, in the order of the columns."""
        return tuple(dict.fromkeys(column.window for column in self.columns))

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(tuple((c.name, c.call.type) for c in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time
