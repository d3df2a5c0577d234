"""Expressions to SQL, by a dialect's tables, with no more parentheses than a reader needs."""

from __future__ import annotations

import decimal
import math
from datetime import date, datetime

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import AND, ATOM, NOT, OR, PRODUCT, SIGN, SUM, TEST, Sql, at_least, is_call
from sqlfeat.errors import SchemaError
from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.coercion import cast
from sqlfeat.expr.nodes import PYTHON_UDF, Call, Column, Expr, Literal, type_of
from sqlfeat.types import (
    ArrayType,
    DataType,
    DecimalType,
    Float32,
    Float64,
    Int32,
    Int64,
    Interval,
    holds_map,
)

INFIX: dict[str, int] = {
    "OR": OR,
    "AND": AND,
    "=": TEST,
    "<>": TEST,
    "<": TEST,
    "<=": TEST,
    ">": TEST,
    ">=": TEST,
    "IS DISTINCT FROM": TEST,
    "IS NOT DISTINCT FROM": TEST,
    "+": SUM,
    "-": SUM,
    "||": SUM,
    "*": PRODUCT,
}
SUFFIX = frozenset(f"IS {no}{word}" for no in ("", "NOT ") for word in ("NULL", "TRUE", "FALSE"))
LITERAL_DIGITS = 18
FORMATS: dict[str, tuple[str, int]] = {
    "/": ("{0} / NULLIF({1}, 0)", PRODUCT),
    "DIV": ("{0} / NULLIF({1}, 0)", PRODUCT),
    "%": ("MOD({0}, NULLIF({1}, 0))", ATOM),
    "IF": ("CASE WHEN {0} THEN {1} ELSE {2} END", ATOM),
    "SQRT": ("CASE WHEN {0} < 0 THEN NULL ELSE SQRT({0}) END", ATOM),
    "ZERO_IF_NULL": ("COALESCE({0}, 0)", ATOM),
    "DIFFERS_BEYOND_ROUNDING": (
        "({0} IS DISTINCT FROM {1} AND (ABS({0} - {1}) <= 1E-9 * LEAST(ABS({0}), ABS({1}))) IS NOT TRUE)",
        ATOM,
    ),
}
"""What every engine says alike, though not as NAME(arguments)."""


def sql_of(expr: Expr, dialect: Dialect) -> str:
    """Return the SQL of a resolved expression."""
    return str(_print(expr, dialect))


def _print(expr: Expr, dialect: Dialect) -> Sql:
    if isinstance(expr, Column):
        side = "" if not expr.of else dialect.quote(expr.of) + "."
        return Sql(side + dialect.quote(expr.name))
    if isinstance(expr, Literal):
        return _literal(expr, dialect)
    assert isinstance(expr, Call)
    return _call(expr, dialect)


def _at_least(expr: Expr, strength: int, dialect: Dialect) -> str:
    return at_least(strength, _print(expr, dialect))


def _literal(expr: Literal, dialect: Dialect) -> Sql:
    value = expr.value
    if value is None:
        return Sql(dialect.null(dialect.type_name(expr.type)))
    if isinstance(value, bool):
        return Sql("TRUE" if value else "FALSE")
    if isinstance(value, str):
        return Sql(dialect.text(value))
    if isinstance(value, bytes):
        return Sql(f"X'{value.hex()}'")
    if isinstance(value, datetime):
        return Sql(dialect.timestamp(value))
    if isinstance(value, date):
        return Sql(f"DATE '{value.isoformat()}'")
    if expr.type == Interval:
        assert isinstance(value, int)
        return Sql(dialect.interval(value))
    text = _number(value, expr.type)
    return Sql(text, SIGN if text.startswith("-") else ATOM)


def _number(value: object, dtype: DataType) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise SchemaError(f"{value} cannot be written as a literal")
        mantissa, _, exponent = repr(value).partition("e")
        return f"{mantissa}E{int(exponent or 0)}"
    if isinstance(value, decimal.Decimal) and isinstance(dtype, DecimalType):
        return _decimal(value, dtype)
    if isinstance(value, int) and dtype in (Int32, Int64, Float32):
        return str(value)
    raise SchemaError(f"{value!r} is no literal of {dtype}")


def _decimal(value: decimal.Decimal, dtype: DecimalType) -> str:
    """Return a literal. One of more than 18 digits is read from a text: Flink has none that is no BIGINT
    without its point.
    """
    text = format(value, "f")
    return text if len(value.as_tuple().digits) <= LITERAL_DIGITS else f"CAST('{text}' AS {dtype})"


def _call(expr: Call, dialect: Dialect) -> Sql:
    name, args = expr.function, expr.args
    said = _said(expr, dialect.functions.get(name), dialect)
    if said is not None:
        return said
    if name in INFIX:
        return _infix(expr, INFIX[name], dialect)
    if name in SUFFIX:
        return Sql(f"{_at_least(args[0], SUM, dialect)} {name}", TEST)
    if name in FORMATS:
        text, strength = FORMATS[name]
        if isinstance(args[-1], Literal) and args[-1].value:
            text = text.replace("NULLIF({1}, 0)", "{1}")
        inner = ATOM if strength != ATOM else OR
        return Sql(text.format(*(_at_least(arg, inner, dialect) for arg in args)), strength)
    special = SPECIAL.get(name)
    if special is not None:
        said_specially, strength = special
        return Sql(said_specially(expr, dialect), strength)
    return Sql(f"{name}({', '.join(sql_of(arg, dialect) for arg in args)})")


def _said(expr: Call, said: FunctionText | None, dialect: Dialect) -> Sql | None:
    """Say a function the dialect's way; a text starting or ending in an argument is an operator."""
    args = tuple(_print(arg, dialect) for arg in expr.args)
    if isinstance(said, str):
        strength = SUM if said[0] == "{" or said[-1] == "}" else ATOM
        inner = ATOM if strength == SUM else OR
        return Sql(said.format(*(at_least(inner, arg) for arg in args)), strength)
    text = None if said is None else said(dialect, expr, args)
    if text is None or isinstance(text, Sql):
        return text
    return Sql(text, ATOM if is_call(text) else SUM)


def _infix(expr: Call, strength: int, dialect: Dialect) -> Sql:
    """AND, OR, + and * are chained without parentheses on the left; comparisons never are. An AND in
    an OR has parentheses, though it needs none.
    """
    if strength == OR:
        alternatives = (_alternative(arg, dialect) for arg in expr.args)
        return Sql(f" {expr.function} ".join(alternatives), strength)
    first, *rest = expr.args
    left = strength if strength not in (TEST,) else SUM
    parts = [_at_least(first, left, dialect)]
    parts += [_at_least(arg, strength + 1, dialect) for arg in rest]
    return Sql(f" {expr.function} ".join(parts), strength)


def _alternative(expr: Expr, dialect: Dialect) -> str:
    sql = _print(expr, dialect)
    return f"({sql})" if sql.binds == AND else str(sql)


def _case(expr: Call, dialect: Dialect) -> str:
    *branches, default = expr.args
    words = ["CASE"]
    for condition, value in zip(branches[::2], branches[1::2], strict=True):
        words.append(f"WHEN {sql_of(condition, dialect)} THEN {sql_of(value, dialect)}")
    if not (isinstance(default, Literal) and default.value is None):
        words.append(f"ELSE {sql_of(default, dialect)}")
    return " ".join([*words, "END"])


def _cast(expr: Call, dialect: Dialect) -> str:
    value = sql_of(expr.args[0], dialect)
    return f"{expr.function}({value} AS {dialect.type_name(expr.type)})"


def _in(expr: Call, dialect: Dialect) -> str:
    subject, *values = (_at_least(arg, SUM, dialect) for arg in expr.args)
    return f"{subject} {expr.function} ({', '.join(values)})"


def _between(expr: Call, dialect: Dialect) -> str:
    subject, low, high = (_at_least(arg, SUM, dialect) for arg in expr.args)
    return f"{subject} {expr.function} {low} AND {high}"


def _like(expr: Call, dialect: Dialect) -> str:
    subject, pattern, *escape = (_at_least(arg, SUM, dialect) for arg in expr.args)
    written = dialect.functions.get("LIKE_PATTERN")
    if callable(written) and not escape:
        pattern = str(written(dialect, expr, (Sql(subject), Sql(pattern))))
    return f"{subject} {expr.function} {pattern}" + "".join(f" ESCAPE {one}" for one in escape)


def _nullif(expr: Call, dialect: Dialect) -> str:
    """Say NULLIF so that a FLOAT is compared as a DOUBLE, and comes out as it is."""
    value, other = (sql_of(arg, dialect) for arg in expr.args)
    if {type_of(arg) for arg in expr.args} != {Float32, Float64}:
        return f"NULLIF({value}, {other})"
    sides = tuple(cast(arg, Float64) for arg in expr.args)
    return f"CASE WHEN {sql_of(Call('=', sides), dialect)} THEN NULL ELSE {value} END"


def _not(expr: Call, dialect: Dialect) -> str:
    return f"NOT {_at_least(expr.args[0], TEST, dialect)}"


def _negate(expr: Call, dialect: Dialect) -> str:
    return f"-{_at_least(expr.args[0], ATOM, dialect)}"


def _python_udf(expr: Call, dialect: Dialect) -> str:
    name, *args = expr.args
    assert isinstance(name, Literal)
    return f"{dialect.quote(str(name.value))}({', '.join(sql_of(arg, dialect) for arg in args)})"


def _field(expr: Call, dialect: Dialect) -> str:
    """Read a field. A column stands in parentheses: its name could be that of a table, too."""
    holder, field = expr.args
    text = sql_of(holder, dialect)
    is_nested = isinstance(holder, Call) and holder.function == "."
    assert isinstance(field, Literal)
    held = text if is_nested else f"({text})"
    return f"{held}.{dialect.quote(str(field.value))}"


SPECIAL = {
    PYTHON_UDF: (_python_udf, ATOM),
    ".": (_field, ATOM),
    "CASE": (_case, ATOM),
    "CAST": (_cast, ATOM),
    "TRY_CAST": (_cast, ATOM),
    "IN": (_in, TEST),
    "NOT IN": (_in, TEST),
    "BETWEEN": (_between, TEST),
    "NOT BETWEEN": (_between, TEST),
    "LIKE": (_like, TEST),
    "NOT LIKE": (_like, TEST),
    "NULLIF": (_nullif, ATOM),
    "NOT": (_not, NOT),
    "NEGATE": (_negate, SIGN),
}


def aggregate_sql(call: AggregateCall, time: str, over: str, dialect: Dialect) -> str:
    """Return the SQL of an aggregate; `over` stands behind it, and no rows give what they should."""
    said = dialect.aggregates.get(call.name, call.name + "({0})")
    arg = "*" if call.arg is None else sql_of(call.arg, dialect)
    operand = arg if call.arg is None else _at_least(call.arg, SUM, dialect)
    tail = "" if call.where is None else f" FILTER (WHERE {sql_of(call.where, dialect)})"
    tail += f" OVER {over}" if over else ""
    names = {**_order(call, time, dialect), **_types(call, dialect), "tail": tail}
    text = said.format(arg, operand=operand, **names) + ("" if "{tail}" in said else tail)
    return text if not call.zero or call.name in NEVER_NULL else f"COALESCE({text}, 0)"


def _order(call: AggregateCall, time: str, dialect: Dialect) -> dict[str, str]:
    """Return what rows are sorted by: {time}; {place}, with the tie-breaker; {order}, with the value."""
    place = [dialect.quote(time)]
    if call.tie_breaker is not None:
        place.append(sql_of(call.tie_breaker, dialect))
    order = [*place]
    if call.arg is not None and not holds_map(type_of(call.arg)):
        order.append(sql_of(call.arg, dialect))
    return {"time": place[0], "place": ", ".join(place), "order": ", ".join(order)}


def _types(call: AggregateCall, dialect: Dialect) -> dict[str, str]:
    """Return the names of types: {type}, what comes out; {element}, what an array holds."""
    element = call.type.element if isinstance(call.type, ArrayType) else call.type
    return {"type": dialect.type_name(call.type), "element": dialect.type_name(element)}


NEVER_NULL = ("COUNT", "COUNT_DISTINCT")
