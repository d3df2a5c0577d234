"""Give an expression its types, by the contract, before any engine sees it."""

from __future__ import annotations

import decimal
import math
import re
from dataclasses import replace
from datetime import date, datetime

from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.aliases import ALIASES, INSTEAD, canonical
from sqlfeat.expr.coercion import by_double, cast, castable
from sqlfeat.expr.functions import AGGREGATE_NAMES, FUNCTIONS, NOT_DETERMINISTIC
from sqlfeat.expr.nodes import BROKEN, PYTHON_UDF, Call, Column, Expr, Literal, type_of
from sqlfeat.expr.signatures import Function
from sqlfeat.expr.time_literals import exact_timestamp
from sqlfeat.types import (
    Boolean,
    Bytes,
    DataType,
    Date,
    DecimalType,
    Float64,
    Int32,
    Int64,
    Null,
    Schema,
    String,
    Timestamp,
    Unknown,
    is_float,
)


def resolve(expr: Expr, schema: Schema) -> Expr:
    """Return the expression with every type known and every needed cast written out.

    Raises ExpressionError for a column that the schema lacks, a function outside the table, arguments
    of wrong types. An input of type UNKNOWN gives UNKNOWN.

    >>> from sqlfeat.expr.parsing import parse_expression
    >>> schema = Schema((("item_count", Int32), ("price", Float64)))
    >>> type_of(resolve(parse_expression("item_count * price"), schema))
    DOUBLE
    """
    if isinstance(expr, Column):
        return _column(expr, schema)
    if isinstance(expr, Literal):
        return expr if expr.type != Unknown else _literal(expr.value)
    assert isinstance(expr, Call)
    if expr.function == ".":
        _check_holder(expr.args[0], schema)
    args = tuple(resolve(arg, schema) for arg in expr.args)
    if expr.function == PYTHON_UDF and expr.type != Unknown:
        return replace(expr, args=args)
    if expr.function in ("CAST", "TRY_CAST"):
        return _cast(replace(expr, args=args))
    return _call(expr, args)


def _literal(value: object) -> Literal:
    if isinstance(value, datetime):
        value = exact_timestamp(value)
    return Literal(value, literal_type(value))


def _check_holder(holder: Expr, schema: Schema) -> None:
    """Refuse a field of what is no column: a table, most likely."""
    if isinstance(holder, Column) and holder != BROKEN and holder.name not in schema:
        near = nearest(holder.name, schema.names)
        hint = f"Did you mean {near!r}? " if near else ""
        raise ExpressionError(
            f"there is no column {holder.name!r} that has fields.",
            f"{hint}A column of another table is brought in by a JoinTransform.",
        )


def _column(expr: Column, schema: Schema) -> Expr:
    if expr == BROKEN:
        return expr
    if expr.name in schema:
        return replace(expr, type=schema[expr.name])
    if expr.name.upper() in NOT_DETERMINISTIC:
        raise _not_deterministic(expr.name)
    near = nearest(expr.name, schema.names)
    hint = f"Did you mean {near!r}?" if near else f"There are: {', '.join(schema.names)}."
    raise ExpressionError(f"there is no column {expr.name!r}.", hint)


UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""Characters that a text cannot hold: controls other than tab and line ends, and halves of others."""


def literal_type(value: object) -> DataType:
    """Return the type of a constant: a whole number is INT, or BIGINT beyond it; 1.5 is DOUBLE."""
    if value is None:
        return Null
    if isinstance(value, int) and not isinstance(value, bool):
        return _integer_type(value)
    if isinstance(value, decimal.Decimal) and value.is_finite():
        return _decimal_type(value)
    if isinstance(value, str) and (found := UNREADABLE.search(value)):
        raise ExpressionError(f"the text {value!r} holds {found[0]!r}.", "No engine's SQL can say it.")
    types: dict[type, DataType] = {
        bool: Boolean,
        float: Float64,
        str: String,
        bytes: Bytes,
        date: Date,
        datetime: Timestamp,
    }
    if type(value) not in types or (isinstance(value, float) and not math.isfinite(value)):
        raise ExpressionError(
            f"{value!r} is no constant.",
            "Constants are None, bool, int, float, Decimal, str, bytes, date and datetime; a column is "
            "col('name').",
        )
    return types[type(value)]


def _decimal_type(value: decimal.Decimal) -> DataType:
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    scale = max(0, -exponent)
    precision = max(len(digits) + exponent + scale, scale + 1)
    if precision > 38:
        raise ExpressionError(f"{value} does not fit into a DECIMAL.", "It has 38 digits at most.")
    return DecimalType("DECIMAL", precision, scale)


def _integer_type(value: int) -> DataType:
    if not -(2**63) <= value < 2**63:
        raise ExpressionError(f"{value} does not fit into a BIGINT.", "Use a DECIMAL or a DOUBLE.")
    return Int32 if -(2**31) <= value < 2**31 else Int64


def _cast(expr: Call) -> Expr:
    source, target = type_of(expr.args[0]), expr.type
    if source == target or Unknown in (source, target):
        return expr.args[0] if source == target else expr
    if not castable(source, target):
        raise ExpressionError(f"{expr.function} from {source} to {target} is not supported.")
    if source == Null:
        return Literal(None, target)
    if by_double(source, target):
        return replace(expr, args=(_cast(replace(expr, type=Float64)),))
    return expr


def _call(expr: Call, args: tuple[Expr, ...]) -> Expr:
    function = _lookup(expr.function)
    _check_count(function, args)
    signature = function.rule(function.name, args)
    if any(type_of(arg) == Unknown for arg in args) and signature.result != Boolean:
        return Call(function.name, args, Unknown)
    wanted = tuple(_fit(arg, dtype) for arg, dtype in zip(args, signature.args, strict=True))
    resolved = Call(function.name, wanted, signature.result)
    return Call("CAST", (resolved,), signature.result) if signature.inexact else resolved


def _fit(arg: Expr, dtype: DataType) -> Expr:
    is_double = isinstance(arg, Literal) and is_float(arg.type)
    if is_double and isinstance(dtype, DecimalType) and isinstance(arg, Literal):
        return Literal(decimal.Decimal(repr(arg.value)), dtype)
    return cast(arg, dtype)


def _check_count(function: Function, args: tuple[Expr, ...]) -> None:
    if len(args) < function.least or (function.most is not None and len(args) > function.most):
        most = "or more" if function.most is None else f"to {function.most}"
        wanted = str(function.least) if function.least == function.most else f"{function.least} {most}"
        noun = "argument" if wanted == "1" else "arguments"
        raise ExpressionError(f"{function.name} takes {wanted} {noun}, not {len(args)}.")


def _lookup(name: str) -> Function:
    name = canonical(name)
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    if name in NOT_DETERMINISTIC:
        raise _not_deterministic(name)
    if name in AGGREGATE_NAMES:
        raise ExpressionError(
            f"{name} is an aggregate.", "Use an OverWindowTransform or a SlidingWindowTransform."
        )
    if name in INSTEAD:
        raise ExpressionError(f"there is no function {name}.", f"Use {INSTEAD[name]}.")
    near = canonical(nearest(name, (*FUNCTIONS, *ALIASES)) or "")
    known = ", ".join(sorted(word for word in FUNCTIONS if word[0].isalpha()))
    hint = f"Did you mean {near}?" if near else f"The functions are: {known}."
    raise ExpressionError(f"there is no function {name}.", hint)


def _not_deterministic(name: str) -> ExpressionError:
    return ExpressionError(
        f"{name} gives another value at each run.",
        "A feature must give the same rows on every engine and on every run: use the event time.",
    )
