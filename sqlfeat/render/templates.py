"""The Jinja environment: only SQL that a filter made can come out of a template."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

import sqlfeat.templates
from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.names import HELD_NEWLINE
from sqlfeat.errors import SchemaError
from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Column, Expr
from sqlfeat.render.expressions import aggregate_sql, sql_of
from sqlfeat.render.written import own_sql, own_text
from sqlfeat.types import DataType
from sqlfeat.words import in_words

FOLDER = Path(next(iter(sqlfeat.templates.__path__)))


def only_markup(value: object) -> object:
    """Let through what a filter made, and refuse a plain value: it might not be quoted."""
    if isinstance(value, Markup):
        return value
    raise SchemaError(f"a template prints {value!r} without a filter")


def comment(text: str) -> Markup:
    """Return text that stays inside one comment line."""
    flat = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+", " ", text)
    return Markup(flat.replace("\\", "\\ ").replace("${", "$ {").strip())


def indented(text: Markup) -> Markup:
    """Return SQL with each line two spaces further in."""
    return Markup("\n".join("  " + line if line else line for line in str(text).split("\n")))


@functools.cache
def environment(dialect: Dialect) -> Environment:
    """Return the environment of a dialect: its templates and its filters."""
    folders = [FOLDER / name for name in dialect.templates]
    made = Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=only_markup,
        trim_blocks=False,
        keep_trailing_newline=False,
    )
    made.filters.update(_filters(dialect))
    return made


def _filters(dialect: Dialect) -> dict[str, Any]:
    def idents(names: Iterable[str]) -> Markup:
        return Markup(", ".join(dialect.quote(name) for name in names))

    def as_stored(names: Iterable[str]) -> Markup:
        pairs = ((dialect.quote(name), dialect.quote_stored(name)) for name in names)
        return Markup(", ".join(a if a == b else f"{a} AS {b}" for a, b in pairs))

    def column(expr: Expr, name: str) -> Markup:
        said = sql_of(expr, dialect)
        same = isinstance(expr, Column) and expr.name == name
        return Markup(said if same else f"{said} AS {dialect.quote(name)}")

    def aggregate(call: AggregateCall, time: str, window: str = "") -> Markup:
        over = dialect.quote(window) if window else ""
        return Markup(aggregate_sql(call, time, over, dialect))

    def typed(dtype: DataType) -> Markup:
        return Markup(dialect.type_name(dtype))

    return {
        "ident": lambda name: Markup(dialect.quote(name)),
        "idents": idents,
        "stored": lambda name: Markup(dialect.quote_stored(name)),
        "as_stored": as_stored,
        "text": lambda value: Markup(dialect.text(value)),
        "number": lambda value: Markup(int(value)),
        "expr": lambda expr: Markup(sql_of(expr, dialect)),
        "column": column,
        "aggregate": aggregate,
        "type": typed,
        "null": lambda dtype: Markup(dialect.null(dialect.type_name(dtype))),
        "window_interval": lambda span_ms: Markup(dialect.window_interval(span_ms)),
        "span": lambda span_ms: Markup(dialect.text(in_words(span_ms))),
        "own_text": lambda node: own_text(node, dialect),
        "own_sql": own_sql,
        "comment": comment,
        "word": word,
        "indented": indented,
    }


def word(text: str) -> Markup:
    """Return a bare word of SQL, such as a format or the key of a setting.

    Raises SchemaError for text that could be more than a word.
    """
    if not re.fullmatch(r"[A-Za-z0-9_.+/*:-]+", text):
        raise SchemaError(f"{text!r} is not a word")
    return Markup(text)


def snake(name: str) -> str:
    """Return the name of a class as the name of a file.

    >>> snake("AsOfJoin")
    'as_of_join'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def template(name: str, dialect: Dialect) -> Template:
    """Return a template by name, the dialect's own where it has one."""
    return environment(dialect).get_template(f"{name}.sql.j2")


def fill(name: str, dialect: Dialect, **values: object) -> Markup:
    """Return the SQL that a template makes of values."""
    return Markup(template(name, dialect).render(**values))


def laid_out(text: Markup) -> Markup:
    """Return a whole statement with the newlines that stand inside its names and texts."""
    return Markup(str(text).replace(HELD_NEWLINE, "\n"))
