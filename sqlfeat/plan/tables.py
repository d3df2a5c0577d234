"""A whole plan: the sources, the views over them, and what is asked of those."""

from __future__ import annotations

from dataclasses import dataclass

from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node
from sqlfeat.plan.connectors import Connector
from sqlfeat.plan.functions import PythonFunction
from sqlfeat.types import Instant, Interval, Schema

ANY_ORDER = -1
"""The delay of a watermark that waits for the end of the input."""


@dataclass(frozen=True)
class EventTime:
    """How a source's rows get their event time: the column's name and the expression of it.

    `delay_ms` is how long a row may be late; None: the rows may come in any order and none is ever
    late. `idle_ms` is how long the source may be silent before others go on without it. With
    `drop_bad` a row whose time cannot be read is left out instead of stopping the run.
    """

    column: str
    expr: Expr
    delay_ms: int | None
    idle_ms: int | None = None
    drop_bad: bool = False

    @property
    def watermark(self) -> Expr:
        """The time up to which no more rows are awaited, once a row has come."""
        delay = Literal(ANY_ORDER if self.delay_ms is None else self.delay_ms, Interval)
        return Call("WATERMARK", (Column(self.column, Instant), delay), Instant)


@dataclass(frozen=True)
class SourceTable:
    """A named source: its columns as they are stored, its event time, where its rows come from."""

    name: str
    columns: Schema
    time: EventTime | None
    connector: Connector
    bounded: bool


@dataclass(frozen=True)
class ViewTable:
    """A named view: its rows, and which of their columns a reader of the view sees, in order."""

    name: str
    node: Node
    visible: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Output:
    """What is asked: the visible rows of a table; written by `connector`, or returned (None)."""

    name: str
    table: str
    columns: Schema
    connector: Connector | None


@dataclass(frozen=True)
class Plan:
    """Tables in an order in which each comes after those it reads, and the outputs.

    `timezone` is where text without an offset is read and days begin. `functions` are those of Python
    that views call.
    """

    sources: tuple[SourceTable, ...]
    views: tuple[ViewTable, ...]
    outputs: tuple[Output, ...]
    timezone: str
    functions: tuple[PythonFunction, ...] = ()

    def __str__(self) -> str:
        from sqlfeat.plan.show import show

        return show(self)

    @property
    def taken_names(self) -> frozenset[str]:
        """The names of all tables, case folded."""
        sources = (source.name.casefold() for source in self.sources)
        return frozenset((*sources, *(view.name.casefold() for view in self.views)))

    def source(self, name: str) -> SourceTable | None:
        """Return the source of this name, or None when it is a view."""
        return next((table for table in self.sources if table.name == name), None)
