"""Text to expression. sqlglot parses; what comes out are the nodes of `sqlfeat.expr.nodes`."""

from __future__ import annotations

import logging
import re
from typing import Any

from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from sqlfeat.errors import ExpressionError, SchemaError
from sqlfeat.expr import access_syntax, time_syntax
from sqlfeat.expr.aliases import canonical
from sqlfeat.expr.grammar import ExpressionText
from sqlfeat.expr.nodes import Call, Expr, Literal
from sqlfeat.expr.word_forms import form_of
from sqlfeat.types import SCALARS as SCALAR_TYPES
from sqlfeat.types import DataType, Decimal, Null

BINARY: dict[type[exp.Expression], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.IntDiv: "DIV",
    exp.Mod: "%",
    exp.DPipe: "||",
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.And: "AND",
    exp.Or: "OR",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM",
    exp.NullSafeNEQ: "IS DISTINCT FROM",
    exp.Like: "LIKE",
}

TYPE_NAMES: dict[str, str] = {
    "INTEGER": "INT",
    "LONG": "BIGINT",
    "REAL": "FLOAT",
    "TEXT": "STRING",
    "VARCHAR": "STRING",
    "VARBINARY": "BYTES",
    "BINARY": "BYTES",
}


def parse_expression(text: str) -> Expr:
    """Parse the text of one expression.

    Raises ExpressionError, with the place in the text, when it is not exactly one expression.

    >>> parse_expression("(`price`)")
    Column(name='price', type=UNKNOWN, of='')
    """
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    try:
        trees = parse(text, dialect=ExpressionText)
        if len(trees) != 1 or trees[0] is None:
            raise ExpressionError(f"{text!r} is not an expression.", "Write exactly one.")
        return _convert(trees[0], text)
    except (SqlglotError, RecursionError) as error:
        raise ExpressionError(
            f"{text!r} is not an expression: {_place(error)}.", "Write exactly one, such as `price * 2`."
        ) from None


def _place(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    details = getattr(error, "errors", None)
    if details:
        first = details[0]
        fault = str(first["description"]).replace("Invalid expression / Unexpected", "an unexpected")
        if fault.startswith("Required keyword"):
            fault = "something is missing"
        return f"{fault} at line {first['line']}, column {first['col']}".rstrip(".")
    return str(error).splitlines()[0].rstrip(".") if str(error) else "it cannot be read"


def _convert(tree: Any, text: str) -> Expr:
    """Convert one node of sqlglot; what the language does not have is refused by its words."""
    if isinstance(tree, exp.Like) and tree.args.get("negate"):
        return Call("NOT LIKE", (_convert(tree.this, text), _convert(tree.expression, text)))
    if isinstance(tree, exp.Add | exp.Sub):
        moved = time_syntax.plus_interval(tree, text, _convert)
        if moved is not None:
            return moved
    if type(tree) in BINARY:
        args = (_convert(tree.this, text), _convert(tree.expression, text))
        return Call(BINARY[type(tree)], args)
    form = form_of(tree)
    if form is not None:
        return Call(form[0], tuple(_convert(arg, text) for arg in form[1]))
    converter = CONVERTERS.get(type(tree))
    if converter is None:
        raise ExpressionError(
            f"{tree.sql()!r} in {text!r} is not part of the expression language.",
            "An expression is made of columns, literals, operators, CASE and the listed functions.",
        )
    converted: Expr = converter(tree, text)
    return converted


def _literal(tree: Any, text: str) -> Expr:
    if tree.is_string:
        return Literal(tree.this)
    digits = tree.this
    if not re.fullmatch(r"[0-9]{0,400}(\.[0-9]{0,400})?([eE][+-]?[0-9]{1,3})?", digits):
        raise ExpressionError(f"{digits!r} in {text!r} is not a number.")
    return Literal(int(digits) if digits.isdecimal() else float(digits))


def _negated(tree: Any, text: str) -> Expr:
    value = _convert(tree.this, text)
    if isinstance(value, Literal) and type(value.value) in (int, float):
        return Literal(-value.value)  # type: ignore[operator]
    return Call("NEGATE", (value,))


def _not(tree: Any, text: str) -> Expr:
    if isinstance(tree.this, exp.Is):
        test = _is(tree.this, text)
        return Call(test.function.replace("IS ", "IS NOT "), test.args)
    value = _convert(tree.this, text)
    opposite = {"IN": "NOT IN", "BETWEEN": "NOT BETWEEN", "LIKE": "NOT LIKE"}
    if isinstance(value, Call) and value.function in opposite:
        return Call(opposite[value.function], value.args)
    return Call("NOT", (value,))


def _is(tree: Any, text: str) -> Call:
    word = {exp.Null: "NULL"}.get(type(tree.expression))
    if isinstance(tree.expression, exp.Boolean):
        word = "TRUE" if tree.expression.this else "FALSE"
    if word is None:
        raise ExpressionError(f"{tree.sql()!r} in {text!r} cannot be read.", "IS takes NULL.")
    return Call(f"IS {word}", (_convert(tree.this, text),))


def _in(tree: Any, text: str) -> Expr:
    values = tree.args.get("expressions") or []
    if not values:
        raise ExpressionError(f"{tree.sql()!r} in {text!r} needs a list of values.")
    return Call("IN", tuple(_convert(part, text) for part in (tree.this, *values)))


def _between(tree: Any, text: str) -> Expr:
    parts = (tree.this, tree.args["low"], tree.args["high"])
    return Call("BETWEEN", tuple(_convert(part, text) for part in parts))


def _case(tree: Any, text: str) -> Expr:
    subject = tree.this
    args: list[Expr] = []
    for branch in tree.args["ifs"]:
        condition = _convert(branch.this, text)
        if subject is not None:
            condition = Call("=", (_convert(subject, text), condition))
        args += [condition, _convert(branch.args["true"], text)]
    default = tree.args.get("default")
    args.append(Literal(None, Null) if default is None else _convert(default, text))
    return Call("CASE", tuple(args))


def _if(tree: Any, text: str) -> Expr:
    otherwise = tree.args.get("false")
    if otherwise is None:
        raise ExpressionError(f"IF in {text!r} needs a condition and two values.")
    parts = (tree.this, tree.args["true"], otherwise)
    return Call("IF", tuple(_convert(part, text) for part in parts))


def _cast(tree: Any, text: str) -> Expr:
    value, target = _convert(tree.this, text), parse_type(tree.to.sql(), text)
    name = "TRY_CAST" if isinstance(tree, exp.TryCast) else "CAST"
    constant = time_syntax.literal_of(value, target) if name == "CAST" else None
    return constant or Call(name, (value,), target)


def parse_type(words: str, text: str) -> DataType:
    """Return the type that a CAST names, such as `BIGINT` or `DECIMAL(10, 2)`."""
    head, _, rest = words.upper().partition("(")
    if head in ("DECIMAL", "NUMERIC") and re.fullmatch(r"|\d{1,2}(, ?\d{1,2})?\)", rest):
        digits = [int(part) for part in rest.rstrip(")").split(",")] if rest else [38, 0]
        try:
            return Decimal(*digits)
        except SchemaError as error:
            raise ExpressionError(f"{error}.") from None
    found = None if rest else SCALAR_TYPES.get(TYPE_NAMES.get(head, head))
    if found is None:
        allowed = ", ".join((*SCALAR_TYPES, "DECIMAL(p, s)"))
        raise ExpressionError(f"The type {words} in {text!r} is not known.", f"Known: {allowed}.")
    return found


def _function(tree: Any, text: str) -> Expr:
    if any(isinstance(arg, exp.Star) for arg in tree.expressions):
        raise ExpressionError(
            f"{tree.name}(*) in {text!r} is an aggregate.", "Use a window transform for it."
        )
    name = canonical(tree.name)
    args = time_syntax.unit_as_text(name, tuple(tree.expressions))
    return Call(name, tuple(_convert(arg, text) for arg in args))


CONVERTERS: dict[type[exp.Expression], Any] = {
    exp.Column: access_syntax.column,
    exp.Dot: lambda tree, text: access_syntax.dot(tree, text, _convert),
    exp.Bracket: lambda tree, text: access_syntax.bracket(tree, text, _convert),
    exp.Array: lambda tree, text: access_syntax.array(tree, text, _convert),
    exp.Extract: lambda tree, text: time_syntax.extract(tree, text, _convert),
    exp.Interval: time_syntax.lone_interval,
    exp.Literal: _literal,
    exp.Boolean: lambda tree, text: Literal(bool(tree.this)),
    exp.Null: lambda tree, text: Literal(None, Null),
    exp.Paren: lambda tree, text: _convert(tree.this, text),
    exp.Neg: _negated,
    exp.Not: _not,
    exp.Is: _is,
    exp.In: _in,
    exp.Between: _between,
    exp.Case: _case,
    exp.If: _if,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Anonymous: _function,
}
