"""What every node of a plan is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self

from sqlfeat.errors import SchemaError
from sqlfeat.expr.nodes import Column, Expr, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlfeat.types import Schema


@dataclass(frozen=True)
class Step:
    """How a node is shown to a reader: its name in the SQL, and one line on which rows come out."""

    name: str
    says: str


@dataclass(frozen=True)
class Node(ABC):
    """A relational operator. A field that is a Node is an input."""

    @property
    @abstractmethod
    def schema(self) -> Schema:
        """The columns that come out."""

    @property
    @abstractmethod
    def event_time(self) -> str | None:
        """The column that holds each row's event time; None where rows have none."""

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The nodes whose rows this one reads."""
        values = (getattr(self, field.name) for field in fields(self))
        return tuple(value for value in values if isinstance(value, Node))

    def with_inputs(self, change: Callable[[Node], Node]) -> Self:
        """Return the node with each input replaced."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        inputs = {name: value for name, value in values.items() if isinstance(value, Node)}
        changed = {name: change(value) for name, value in inputs.items()}
        same = all(changed[name] is value for name, value in inputs.items())
        return self if same else replace(self, **changed)


def require_columns(expr: Expr, schema: Schema, what: str) -> None:
    """Raise SchemaError when an expression reads a column that its input does not have."""
    for node in walk(expr):
        if isinstance(node, Column) and not node.of and node.name not in schema:
            raise SchemaError(f"{what} reads {node.name!r}, its input has {', '.join(schema.names)}")


def require_names(names: tuple[str, ...], schema: Schema, what: str) -> None:
    """Raise SchemaError when a named column is not in the schema."""
    for name in names:
        if name not in schema:
            raise SchemaError(f"{what} needs {name!r}, its input has {', '.join(schema.names)}")


def time_of(node: Node, what: str) -> str:
    """Return the event-time column of an input; raise SchemaError where it has none."""
    if node.event_time is None:
        raise SchemaError(f"{what} needs an input whose rows have an event time")
    return node.event_time


def kept_columns(schema: Schema, added: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the columns that stay as they are beside added ones; None where all of them do."""
    if not set(added) & set(schema.names):
        return None
    return tuple(name for name in schema.names if name not in added)
