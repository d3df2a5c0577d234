"""Each row several times."""

from __future__ import annotations

from dataclasses import dataclass

from sqlfeat.errors import SchemaError
from sqlfeat.plan.base import Node, Step
from sqlfeat.types import Int64, Schema


@dataclass(frozen=True)
class RepeatRows(Node):
    """Each row of the input `count` times, numbered from 1 on in the column `number`."""

    input: Node
    count: int
    number: str
    step: Step

    def __post_init__(self) -> None:
        if self.count < 1:
            raise SchemaError(f"rows cannot come out {self.count} times")

    @property
    def between(self) -> int:
        """How many separators stand between so many parts of a text."""
        return self.count - 1

    @property
    def schema(self) -> Schema:
        return self.input.schema.extend(((self.number, Int64),))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time
