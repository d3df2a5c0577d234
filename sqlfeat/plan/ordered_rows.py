"""Rows passed on in a total order, and rows taken apart by an array."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlfeat.errors import SchemaError
from sqlfeat.expr.nodes import Column, Expr, type_of
from sqlfeat.plan.base import Node, Step, require_columns, require_names, time_of
from sqlfeat.types import ArrayType, Int32, Schema


@dataclass(frozen=True)
class RowsInOrder(Node):
    """The rows of the input, those of one time and the same `keys` in the order of `by`, NULLs first.

    `columns` are what comes out, each with the input's column that it is; `place` is used inside.
    """

    input: Node
    keys: tuple[str, ...]
    by: tuple[Column, ...]
    columns: tuple[tuple[str, str], ...]
    place: str
    step: Step

    def __post_init__(self) -> None:
        time_of(self.input, "putting rows in order")
        names = (*self.keys, *(column.name for column in self.by), *(name for _, name in self.columns))
        require_names(names, self.input.schema, "putting rows in order")

    @cached_property
    def schema(self) -> Schema:
        schema = self.input.schema
        return Schema(tuple((name, schema[of]) for name, of in self.columns))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time


@dataclass(frozen=True)
class Spread(Node):
    """Each row of the input once for each element of an array: with the element as `value`, and its
    `place` in the array, from 1. A row whose array is empty comes out once, with NULL for both.
    """

    input: Node
    array: Expr
    value: str
    place: str
    step: Step

    def __post_init__(self) -> None:
        require_columns(self.array, self.input.schema, "taking an array apart")
        if not isinstance(type_of(self.array), ArrayType):
            raise SchemaError(f"{type_of(self.array)} cannot be taken apart")
        if {self.value, self.place} & set(self.input.schema.names):
            raise SchemaError("the element of an array has the name of a column")

    @cached_property
    def schema(self) -> Schema:
        dtype = type_of(self.array)
        assert isinstance(dtype, ArrayType)
        return self.input.schema.extend(((self.value, dtype.element), (self.place, Int32)))

    @property
    def event_time(self) -> str | None:
        return self.input.event_time
