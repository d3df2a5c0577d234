"""Texts that hold JSON: how what reads and writes them is typed."""

from __future__ import annotations

import re

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.signatures import Function, Signature, fault, table
from sqlfeat.types import ArrayType, Boolean, DataType, Int32, Int64, MapType, Null, String, Unknown

PATH = re.compile(r"\$(\.[A-Za-z_][A-Za-z0-9_]*|\[(0|[1-9][0-9]{0,5})\])+")
"""`$` alone is none: engines differ in what follows a value that is no object and no array."""
SHOWN_ALIKE = (String, Boolean, Int32, Int64)


def _value(name: str, args: tuple[Expr, ...]) -> Signature:
    if type_of(args[0]) not in (String, Null, Unknown):
        raise fault(name, args, "It takes STRING and a path.")
    path = args[1]
    if not (isinstance(path, Literal) and isinstance(path.value, str) and PATH.fullmatch(path.value)):
        shown = path.value if isinstance(path, Literal) else "that"
        raise ExpressionError(
            f"{name} does not take the path {shown!r}.",
            "A path is a text literal of fields or places from 0, at least one, as '$.address.lines[0]'.",
        )
    return Signature((String, String), String)


def _text(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = type_of(args[0])
    if dtype == Null:
        return Signature((String,), String)
    if dtype != Unknown and not _is_shown_alike(dtype):
        allowed = "It takes STRING, BOOLEAN, INT, BIGINT, and an ARRAY of them or a MAP from STRING."
        raise fault(name, args, allowed)
    return Signature((dtype,), String)


def _is_shown_alike(dtype: DataType) -> bool:
    if isinstance(dtype, ArrayType):
        return dtype.element in SHOWN_ALIKE
    if isinstance(dtype, MapType):
        return dtype.key == String and dtype.value in SHOWN_ALIKE
    return dtype in SHOWN_ALIKE


JSON_FUNCTIONS = table(
    Function(
        "JSON_VALUE",
        2,
        2,
        _value,
        "JSON_VALUE(STRING, path) → STRING",
        "the text, number or boolean at the path",
        "NULL where there is none, for an object or an array, and where the text is no JSON (what "
        "follows an object or an array is not looked at); a number with a point or an exponent is a "
        "DOUBLE as text",
    ),
    Function(
        "JSON_STRING",
        1,
        1,
        _text,
        "JSON_STRING(value) → STRING",
        "the value as JSON, the keys of a map in ascending order",
        "of STRING, BOOLEAN, INT, BIGINT, an ARRAY of them or a MAP from STRING to them",
    ),
)
