"""Functions of numbers: how they are typed."""

from __future__ import annotations

from sqlfeat.expr.signatures import Function, same_number, table

NUMBER_FUNCTIONS = table(
    Function("ABS", 1, 1, same_number, "ABS(number) → its type", "the number without its sign"),
)
