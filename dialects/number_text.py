"""Which texts CAST reads as numbers and conditions: engines' own casts read more, each its own."""

from __future__ import annotations

import re

from sqlfeat.expr.nodes import Expr, Literal
from sqlfeat.types import Boolean, DataType, is_integer

WHOLE = r"^ *[+-]?[0-9]+ *\z"
NUMBER = r"^ *[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})? *\z"
CONDITION = r"^(?i:true|false)\z"


def form_of(dtype: DataType) -> str:
    """Return the pattern of the texts that are values of a number's type or of BOOLEAN."""
    if dtype == Boolean:
        return CONDITION
    return WHOLE if is_integer(dtype) else NUMBER


def is_readable(value: Expr, dtype: DataType) -> bool:
    """Whether a text is a constant that can be read, which needs no check."""
    text = value.value if isinstance(value, Literal) else None
    return isinstance(text, str) and re.match(form_of(dtype).replace(r"\z", r"\Z"), text) is not None
