"""Python functions that a plan calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlfeat.types import DataType, Int64, Schema, Timestamp


@dataclass(frozen=True)
class PythonFunction:
    """A function of the definition, under the `name` by which an engine knows it.

    It computes a feature of a view from columns, and gives `result`. Where `fails` is false, an error in
    it gives `otherwise`. Between engine and function an instant is a number of milliseconds since 1970:
    `takes` and `gives` are the types of the engine's function.
    """

    name: str
    view: str
    feature: str
    udf: Callable[..., Any]
    args: Schema
    result: DataType
    fails: bool = True
    otherwise: object = None

    @property
    def takes(self) -> tuple[DataType, ...]:
        """The types of what the engine gives it."""
        return tuple(_carried(dtype) for _, dtype in self.args)

    @property
    def gives(self) -> DataType:
        """The type of what it gives to the engine."""
        return _carried(self.result)

    @property
    def called(self) -> str:
        """What the definition calls the function, without the module that holds it."""
        return str(getattr(self.udf, "__qualname__", type(self.udf).__qualname__))

    def __str__(self) -> str:
        args = ", ".join(f"{name}: {dtype}" for name, dtype in self.args)
        failing = "" if self.fails else f", {self.otherwise!r} where it fails"
        return f"{self.name}({args}) -> {self.result}: {self.called}{failing}"


def _carried(dtype: DataType) -> DataType:
    """Return the type that stands for one between engine and function: an engine may carry instants
    to the second alone, or none after 2038.
    """
    return Int64 if dtype == Timestamp else dtype
