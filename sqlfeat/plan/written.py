"""Rows of a SELECT that a definition holds as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from sqlfeat.expr.written_select import WrittenSelect
from sqlfeat.plan.base import Node
from sqlfeat.plan.rows import Ref
from sqlfeat.types import Instant, Schema


@dataclass(frozen=True)
class WrittenText:
    """A SELECT, and the dialect that it is written in: None for every one."""

    dialect: str | None
    select: WrittenSelect

    def __str__(self) -> str:
        of = "" if self.dialect is None else f"{self.dialect}: "
        return f"{of}{self.select.text!r}"


@dataclass(frozen=True)
class Written(Node):
    """The rows of a SELECT of a view's own, over `tables`; `shown` is the column of their time.

    It sees of each table what comes out of it. If its rows are rows of one table, they have that table's
    event time, and `time` names it.
    """

    view: str
    tables: tuple[Ref, ...]
    texts: tuple[WrittenText, ...]
    columns: Schema
    shown: str | None = None
    time: str | None = None

    @property
    def inputs(self) -> tuple[Node, ...]:
        return self.tables

    def with_inputs(self, change: Callable[[Node], Node]) -> Self:
        tables = tuple(ref for ref in map(change, self.tables) if isinstance(ref, Ref))
        return replace(self, tables=tables)

    def text_in(self, dialects: tuple[str, ...]) -> WrittenText | None:
        """Return the text for the first of these dialects that has one, or the one for every dialect."""
        by_dialect = {text.dialect: text for text in self.texts}
        return next((by_dialect[name] for name in (*dialects, None) if name in by_dialect), None)

    @cached_property
    def schema(self) -> Schema:
        return self.columns if self.time is None else self.columns.extend(((self.time, Instant),))

    @property
    def event_time(self) -> str | None:
        return self.time
