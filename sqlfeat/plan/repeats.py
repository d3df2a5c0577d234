"""Leaving out rows that say the same as the row before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.plan.base import Node, Step, require_names, time_of
from sqlfeat.types import Schema


@dataclass(frozen=True)
class DropRepeated(Node):
    """The rows of the input, less those whose `columns` all equal those of the row before it, by event
    time, with the same keys. Rows of one key have different times.
    """

    input: Node
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "comparing with the row before")
        require_names((*self.keys, *self.columns), self.input.schema, "comparing with the row before")

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class WithPrevious(Node):
    """Each row of the input, with values of the row before it, by event time, with the same keys.

    `columns` are the names that the values get, and the columns that they are of. All are NULL for
    the first row of a key.
    """

    input: Node
    keys: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "the row before")
        require_names((*self.keys, *(of for _, of in self.columns)), self.input.schema, "the row before")

    @cached_property
    def schema(self) -> Schema:
        return self.input.schema.extend(tuple((n, self.input.schema[of]) for n, of in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time
