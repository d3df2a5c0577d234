"""The syntax of what is inside of a value: elements, fields, and what makes arrays and maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.nodes import Call, Column, Expr, Literal

Convert = Callable[[Any, str], Expr]


def column(tree: Any, text: str) -> Expr:
    """`a.b.c` is the field c of the field b of the column a."""
    first, *fields = (part.name for part in tree.parts)
    found: Expr = Column(first)
    for name in fields:
        found = Call(".", (found, Literal(name)))
    return found


def dot(tree: Any, text: str, convert: Convert) -> Expr:
    """`(expression).field`."""
    if not isinstance(tree.expression, exp.Identifier):
        raise ExpressionError(
            f"{tree.sql()!r} in {text!r} cannot be read.", "A point stands before a field."
        )
    return Call(".", (convert(tree.this, text), Literal(tree.expression.name)))


def bracket(tree: Any, text: str, convert: Convert) -> Expr:
    """`a[1]` and `m['k']`; `MAP['k', 1]` makes a map."""
    values = tuple(convert(part, text) for part in tree.expressions)
    if _is_word(tree.this, "MAP"):
        return Call("MAP", values)
    if len(values) != 1:
        raise ExpressionError(
            f"{tree.sql()!r} in {text!r} cannot be read.", "One element: a[1], m['key']."
        )
    return Call("[]", (convert(tree.this, text), *values))


def _is_word(tree: Any, word: str) -> bool:
    is_column = isinstance(tree, exp.Column) and isinstance(tree.this, exp.Identifier)
    return is_column and not tree.table and not tree.this.quoted and tree.name.upper() == word


def array(tree: Any, text: str, convert: Convert) -> Expr:
    """`ARRAY[1, 2]`."""
    return Call("ARRAY", tuple(convert(part, text) for part in tree.expressions))
