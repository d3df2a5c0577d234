"""What an expression is made of: columns, literals and calls, as frozen values that know their type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlfeat.types import DataType, Unknown


@dataclass(frozen=True)
class Expr:
    """A node of an expression. `type` is UNKNOWN until the expression was resolved."""


@dataclass(frozen=True)
class Column(Expr):
    """The value of a column of the input; `of` names the side, or the struct, that holds it."""

    name: str
    type: DataType = Unknown
    of: str = ""


BROKEN: Final = Column("")
"""What stands for an expression whose mistakes were noted: nothing more is said of it."""


@dataclass(frozen=True)
class Literal(Expr):
    """A constant: None, bool, int, float, Decimal, str, bytes, date or datetime.

    A datetime without a zone is on the clock of the project's; any other is in UTC.
    """

    value: object
    type: DataType = Unknown


PYTHON_UDF: Final = "PYTHON_UDF"
"""The call of a Python function: its name in the engine, as a literal, and its arguments."""


@dataclass(frozen=True)
class Call(Expr):
    """A function or an operator, by its name in the closed table, on its arguments.

    For CAST and TRY_CAST the type of the node is the type that is cast to. CASE takes its conditions
    and values in turn and ends with the value of ELSE.
    """

    function: str
    args: tuple[Expr, ...]
    type: DataType = Unknown


def type_of(expr: Expr) -> DataType:
    """Return the type of a resolved expression."""
    assert isinstance(expr, Column | Literal | Call)
    return expr.type


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield the expression and everything below it, outermost first."""
    yield expr
    if isinstance(expr, Call):
        for arg in expr.args:
            yield from walk(arg)


def levels_of(expr: Expr) -> int:
    """Return how deeply an expression is nested, without going into it level by level.

    >>> levels_of(Call("NOT", (Column("a"),)))
    2
    """
    deepest, waiting = 0, [(expr, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        if isinstance(node, Call):
            waiting += ((arg, level + 1) for arg in node.args)
    return deepest


def columns_of(expr: Expr) -> tuple[str, ...]:
    """Return the names of the columns that the expression reads, each once, in order.

    >>> from sqlfeat.expr.parsing import parse_expression
    >>> columns_of(parse_expression("item_count * price + price"))
    ('item_count', 'price')
    """
    return tuple(dict.fromkeys(node.name for node in walk(expr) if isinstance(node, Column)))


def rebuild(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Return the expression with `change` applied to each node, innermost first."""
    if isinstance(expr, Call):
        expr = replace(expr, args=tuple(rebuild(arg, change) for arg in expr.args))
    return change(expr)


def rename_columns(expr: Expr, names: dict[str, str]) -> Expr:
    """Return the expression reading other columns, by a table from old names to new ones."""

    def change(node: Expr) -> Expr:
        if isinstance(node, Column):
            return replace(node, name=names.get(node.name, node.name))
        return node

    return rebuild(expr, change)
