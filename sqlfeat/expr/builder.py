"""Expressions built in Python: `col("item_count") * col("price")`."""

from __future__ import annotations

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.aliases import canonical
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, levels_of
from sqlfeat.expr.parsing import parse_expression
from sqlfeat.types import DataType, Null

MOST_LEVELS = 150
"""How deeply an expression may be nested: what reads it goes down level by level."""


class Term:
    """An expression under construction. Python's operators make a larger one.

    `&`, `|` and `~` are AND, OR and NOT; put comparisons beside them in parentheses.
    """

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, expr: Expr) -> None:
        self.expr = expr

    def __repr__(self) -> str:
        return f"Term({self.expr!r})"

    def __add__(self, other: object) -> Term:
        return _call("+", self, other)

    def __radd__(self, other: object) -> Term:
        return _call("+", other, self)

    def __sub__(self, other: object) -> Term:
        return _call("-", self, other)

    def __rsub__(self, other: object) -> Term:
        return _call("-", other, self)

    def __mul__(self, other: object) -> Term:
        return _call("*", self, other)

    def __rmul__(self, other: object) -> Term:
        return _call("*", other, self)

    def __truediv__(self, other: object) -> Term:
        return _call("/", self, other)

    def __rtruediv__(self, other: object) -> Term:
        return _call("/", other, self)

    def __mod__(self, other: object) -> Term:
        return _call("%", self, other)

    def __neg__(self) -> Term:
        return _call("NEGATE", self)

    def __eq__(self, other: object) -> Term:  # type: ignore[override]
        return _call("=", self, other)

    def __ne__(self, other: object) -> Term:  # type: ignore[override]
        return _call("<>", self, other)

    def __lt__(self, other: object) -> Term:
        return _call("<", self, other)

    def __le__(self, other: object) -> Term:
        return _call("<=", self, other)

    def __gt__(self, other: object) -> Term:
        return _call(">", self, other)

    def __ge__(self, other: object) -> Term:
        return _call(">=", self, other)

    def __and__(self, other: object) -> Term:
        return _call("AND", self, other)

    def __or__(self, other: object) -> Term:
        return _call("OR", self, other)

    def __invert__(self) -> Term:
        return _call("NOT", self)

    __iter__ = None  # a term has elements, and no end of them

    def __getitem__(self, key: object) -> Term:
        """Return the element of an array, counted from 1, or the value of a key of a map."""
        return _call("[]", self, key)

    def field(self, name: str) -> Term:
        """Return the field of a struct."""
        return _call(".", self, name)

    def __bool__(self) -> bool:
        raise TypeError("an expression has no truth value in Python: combine with & | ~")

    def is_null(self) -> Term:
        """Whether the value is NULL."""
        return _call("IS NULL", self)

    def is_not_null(self) -> Term:
        """Whether the value is not NULL."""
        return _call("IS NOT NULL", self)

    def isin(self, *values: object) -> Term:
        """Whether the value equals one of these."""
        return _call("IN", self, *values)

    def between(self, low: object, high: object) -> Term:
        """Whether the value lies from `low` to `high`, both included."""
        return _call("BETWEEN", self, low, high)

    def cast(self, dtype: DataType) -> Term:
        """Return the value as another type; fails where the text is not a number."""
        return Term(Call("CAST", (self.expr,), dtype))


def col(name: str) -> Term:
    """Return the column of this name.

    >>> to_expr(col("item_count") * col("price")) == parse_expression("item_count * price")
    True
    """
    return Term(Column(name))


def lit(value: object) -> Term:
    """Return a constant: None, bool, int, float, Decimal, str, bytes, date or datetime.

    A datetime without a zone is on the clock of the project's zone.

    >>> to_expr(lit("it's")) == parse_expression("'it''s'")
    True
    """
    return Term(Literal(value, Null) if value is None else Literal(value))


def call(function: str, *args: object) -> Term:
    """Return a function of the closed table, by name, on terms or Python values.

    >>> to_expr(call("COALESCE", col("price"), 0)) == parse_expression("COALESCE(price, 0)")
    True
    """
    return _call(canonical(function), *args)


def to_expr(value: str | int | float | Term | Expr) -> Expr:
    """Return the expression that a definition gives as text, as a number or as a term.

    Raises ExpressionError for text that is no expression, and for one that is nested too deeply.
    """
    expr = _to_expr(value)
    if levels_of(expr) > MOST_LEVELS:
        raise ExpressionError(
            f"the expression is nested more than {MOST_LEVELS} levels deep.",
            "Compute parts of it in features of their own.",
        )
    return expr


def _to_expr(value: str | int | float | Term | Expr) -> Expr:
    if isinstance(value, Term):
        return value.expr
    if isinstance(value, Expr):
        return value
    if isinstance(value, str):
        return parse_expression(value)
    return Literal(value)


def _call(function: str, *args: object) -> Term:
    terms = (arg if isinstance(arg, Term) else lit(arg) for arg in args)
    return Term(Call(function, tuple(term.expr for term in terms)))
