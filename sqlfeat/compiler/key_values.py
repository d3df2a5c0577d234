"""The keys that a selection gives, to a condition on the columns of a view."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlfeat.compiler.scope import Relation, Scope
from sqlfeat.compiler.sources import require_column
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.coercion import widens
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.expr.resolve import literal_type
from sqlfeat.types import Boolean, DataType, Date, DecimalType, Int32, Int64, String, Unknown

MOST_KEYS = 1_000
"""How many keys of one column a statement may hold: engines have limits of their own."""

MOST_KEYS_OF_COLUMNS = 200
"""How many of several columns: planners go down a chain of OR link by link, and their stack ends."""

LINKS = 50
"""How many conditions stand in one chain of OR."""

FORMS = (
    "It is a list of values, of tuples in the order of the view's keys or of mappings from columns to "
    "values, or a DataFrame."
)

Key = Mapping[str, Any]


def condition_on_keys(keys: Any, relation: Relation, scope: Scope) -> Expr | None:
    """Return the condition that a row has one of the keys; None, with every mistake noted."""
    problems = len(scope.problems)
    rows = _rows(keys, relation, scope)
    for name in dict.fromkeys(name for row in rows for name in row):
        require_column(name, relation.visible, relation.name, None, "the key column", scope)
    if len(scope.problems) > problems:
        return None
    found = [_equal(row, place, relation, scope) for place, row in enumerate(rows, 1)]
    return None if len(scope.problems) > problems else _any_of(list(dict.fromkeys(found)))


def _rows(keys: Any, relation: Relation, scope: Scope) -> list[Key]:
    """Return each key as a mapping from columns to values."""
    if hasattr(keys, "columns") and hasattr(keys, "to_dict"):
        keys = keys.to_dict("records")
    if not isinstance(keys, Sequence) or isinstance(keys, str | bytes) or not keys:
        scope.fault(relation.name, None, f"keys cannot be {keys!r}.", FORMS)
        return []
    if len(keys) > MOST_KEYS:
        _too_many(len(keys), f"{MOST_KEYS}", relation, scope)
        return []
    named = (_named(key, place, relation, scope) for place, key in enumerate(keys, 1))
    rows = [row for row in named if row is not None]
    if len(rows) > MOST_KEYS_OF_COLUMNS and any(len(row) > 1 for row in rows):
        _too_many(len(rows), f"{MOST_KEYS_OF_COLUMNS} of several columns", relation, scope)
    return rows


def _too_many(count: int, most: str, relation: Relation, scope: Scope) -> None:
    fault = f"keys holds {count} keys, and a statement takes {most}."
    scope.fault(relation.name, None, fault, "Join the view onto a file of them.")


def _named(key: Any, place: int, relation: Relation, scope: Scope) -> Key | None:
    if isinstance(key, Mapping) and key:
        return key
    values = tuple(key) if isinstance(key, tuple | list) else (key,)
    if isinstance(key, Mapping) or len(values) != len(relation.keys):
        fault = f"key {place}, {key!r}, does not give a value for each of its keys"
        have = ", ".join(relation.keys) or "it has none"
        scope.fault(relation.name, None, f"{fault} ({have}).", FORMS)
        return None
    return dict(zip(relation.keys, values, strict=True))


def _equal(row: Key, place: int, relation: Relation, scope: Scope) -> tuple[Expr, ...]:
    """Return the conditions that a row has this key, one for each column."""
    conditions: list[Expr] = []
    for name, value in row.items():
        dtype = relation.visible[name]
        constant = None if _is_null(value) else _constant(value, dtype)
        if constant is not None:
            conditions.append(Call("=", (Column(name, dtype), constant), Boolean))
        elif dtype != Unknown:
            fault = f"key {place}: {name} cannot be {value!r}."
            scope.fault(relation.name, None, fault, _allowed(value, dtype))
    return tuple(conditions)


def _any_of(keys: list[tuple[Expr, ...]]) -> Expr:
    """Return the condition that all conditions of one of the keys hold."""
    columns = {condition.args[0] for key in keys for condition in key if isinstance(condition, Call)}
    if len(columns) == 1 and len(keys) > 1:
        values = [condition.args[1] for (condition,) in keys if isinstance(condition, Call)]
        return Call("IN", (*columns, *values), Boolean)
    return _either([key[0] if len(key) == 1 else Call("AND", key, Boolean) for key in keys])


def _either(conditions: list[Expr]) -> Expr:
    """Return the condition that one of them holds: many in halves, as parsers go down a chain of OR
    link by link.
    """
    if len(conditions) == 1:
        return conditions[0]
    if len(conditions) <= LINKS:
        return Call("OR", tuple(conditions), Boolean)
    half = len(conditions) // 2
    return Call("OR", (_either(conditions[:half]), _either(conditions[half:])), Boolean)


def _allowed(value: Any, dtype: DataType) -> str:
    if _is_null(value):
        return "NULL equals nothing: leave the key out."
    if dtype in CONSTANTS or isinstance(dtype, DecimalType):
        return f"The column is {dtype}."
    return f"The column is {dtype}, and a key is {KINDS}."


def _is_null(value: Any) -> bool:
    """Whether a value is None, NaN, or what pandas has in place of None."""
    is_nan = isinstance(value, float) and math.isnan(value)
    return value is None or is_nan or type(value).__name__ in ("NAType", "NaTType")


def _constant(value: Any, dtype: DataType) -> Expr | None:
    """Return a key's value as a constant of the column's type; None for one that it cannot be."""
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item()
    if isinstance(dtype, DecimalType):
        return _decimal(value, dtype)
    return CONSTANTS[dtype](value, dtype) if dtype in CONSTANTS else None


def _plain(value: Any, dtype: DataType) -> Expr | None:
    try:
        own = literal_type(value)
    except ExpressionError:
        return None
    return Literal(value, dtype) if widens(own, dtype) else None


def _day(value: Any, dtype: DataType) -> Expr | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    is_day = isinstance(day, date) and not isinstance(day, datetime)
    return Literal(day, Date) if is_day else None


def _decimal(value: Any, dtype: DecimalType) -> Expr | None:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        exact = Decimal(value)
        own = literal_type(exact)
    except (InvalidOperation, ExpressionError):
        return None
    return Literal(exact, dtype) if widens(own, dtype) else None


CONSTANTS: dict[DataType, Callable[[Any, DataType], Expr | None]] = {
    **dict.fromkeys((Boolean, Int32, Int64, String), _plain),
    Date: _day,
}
KINDS = "a BOOLEAN, INT, BIGINT, DECIMAL, STRING or DATE"
