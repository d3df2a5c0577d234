"""A definition as data: calls of sqlfeat's vocabulary, and the rows of its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlfeat as sf
from sqlfeat.expr.nodes import Expr
from tests.fuzz.expression_text import text_of

SOURCE = "FileSystemSource"


@dataclass(frozen=True)
class Ref:
    """A table of the definition, by its name."""

    name: str


@dataclass(frozen=True)
class Select:
    """A SELECT of the definition's own: columns of a table, under other names (`columns` is from new to
    old), of the rows where `where` is not NULL. With `groups` its rows are grouped by its columns, and
    `count` and `latest` come out, too: how many rows a group has, and the greatest of the column that
    numbers them.
    """

    source: Ref
    columns: Mapping[str, str]
    where: str | None = None
    groups: bool = False

    def text(self, table: str) -> str:
        """Return it in words that mean the same on each engine."""
        said = [
            _quoted(old) if new == old else f"{_quoted(old)} AS {_quoted(new)}"
            for new, old in self.columns.items()
        ]
        if self.groups:
            said += ["COUNT(*) AS `count`", "MAX(`seq`) AS `latest`"]
        text = f"SELECT {', '.join(said)} FROM {_quoted(table)}"
        text += f" WHERE {_quoted(self.where)} IS NOT NULL" if self.where else ""
        return text + (
            f" GROUP BY {', '.join(map(_quoted, self.columns.values()))}" if self.groups else ""
        )


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


@dataclass(frozen=True)
class Made:
    """A call of sqlfeat's vocabulary: its name, and its arguments by theirs.

    A value is a Made, a Ref, an Expr, a Select, a list or a mapping of these, or a plain value.
    """

    kind: str
    fields: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.fields["name"])

    def with_fields(self, **fields: object) -> Made:
        return Made(self.kind, {**self.fields, **fields})

    def without(self, field: str) -> Made:
        return Made(self.kind, {name: value for name, value in self.fields.items() if name != field})


@dataclass(frozen=True)
class Definition:
    """Tables, each after those that it reads; the last is the target. `rows` are the sources'; `asked`
    are the keys and times whose rows are asked for.
    """

    name: str
    tables: tuple[Made, ...]
    rows: Mapping[str, tuple[dict[str, Any], ...]]
    timezone: str
    asked: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[Made, ...]:
        return tuple(table for table in self.tables if table.kind == SOURCE)

    def with_tables(self, tables: tuple[Made, ...]) -> Definition:
        """Return the definition with other tables, less those that the last does not read."""
        needed = reached(tables)
        kept = tuple(table for table in tables if table.name in needed)
        rows = {name: given for name, given in self.rows.items() if name in needed}
        return replace(self, tables=kept, rows=rows)


def parts_of(value: object) -> Iterator[object]:
    """Yield a value and everything in it, outermost first; an expression is one part."""
    yield value
    inside: list[object] = []
    if isinstance(value, Made):
        inside = list(value.fields.values())
    elif isinstance(value, Select):
        inside = [value.source]
    elif isinstance(value, list | tuple):
        inside = list(value)
    elif isinstance(value, Mapping):
        inside = list(value.values())
    for part in inside:
        yield from parts_of(part)


def reached(tables: tuple[Made, ...]) -> set[str]:
    """Return the names of the last table and of those that it reads."""
    named = {table.name: table for table in tables}
    found: set[str] = set()
    waiting = [tables[-1].name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += (part.name for part in parts_of(named[name]) if isinstance(part, Ref))
    return found


def build(definition: Definition, folder: Path | None, prefix: str = "") -> Any:
    """Return the target in sqlfeat's own vocabulary; every table's name starts with the prefix."""
    tables: dict[str, Any] = {}

    def built(value: object) -> Any:
        if isinstance(value, Ref):
            return tables[value.name]
        if isinstance(value, Expr):
            return text_of(value)
        if isinstance(value, Select):
            return value.text(prefix + value.source.name)
        if isinstance(value, Made):
            return getattr(sf, value.kind)(**{key: built(part) for key, part in value.fields.items()})
        if isinstance(value, list | tuple):
            return [built(part) for part in value]
        return value

    for table in definition.tables:
        named = table.with_fields(name=prefix + table.name)
        if table.kind == SOURCE and folder is not None:
            named = named.with_fields(path=str(folder / (prefix + str(table.fields["path"]))))
        tables[table.name] = built(named)
    return tables[definition.tables[-1].name]


def changed(value: Any, change: Callable[[Made], Made]) -> Any:
    """Return a value with `change` applied to each call in it, innermost first."""
    if isinstance(value, Made):
        fields = {key: changed(part, change) for key, part in value.fields.items()}
        return change(Made(value.kind, fields))
    if isinstance(value, list):
        return [changed(part, change) for part in value]
    return value
