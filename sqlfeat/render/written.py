"""A SELECT of the definition's own, as it stands in a script."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.names import HELD_NEWLINE
from sqlfeat.errors import SchemaError
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.written import Written


class OwnSql(str):
    """The text of a definition: SQL as it stands, which only its author answers for."""


@dataclass(frozen=True)
class Seen:
    """A table as a SELECT sees it: these of its columns."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class OwnText:
    """A SELECT in a dialect. `seen` are the tables of which it sees less than there is; `goes_on` says
    that `body` continues the WITH in which they stand.
    """

    seen: tuple[Seen, ...]
    goes_on: bool
    body: OwnSql


def own_text(node: Written, dialect: Dialect) -> OwnText:
    """Return the text of a SELECT in a dialect."""
    text = node.text_in((dialect.name, *dialect.templates))
    if text is None:
        raise SchemaError(f"there is no text for {dialect.name}")
    if node.time is not None and node.shown is not None:
        whole = text.select.with_column(dialect.quote(node.time), node.shown)
        assert whole is not None
        return OwnText((), False, OwnSql(whole))
    read = [table for table in node.tables if table.name in text.select.tables]
    seen = tuple(_seen(table) for table in read if table.time is not None)
    rest = text.select.after_with if seen else None
    return OwnText(seen, rest is not None, OwnSql(text.select.text if rest is None else rest))


def _seen(table: Ref) -> Seen:
    return Seen(table.name, tuple(name for name in table.columns.names if name != table.time))


def own_sql(text: str) -> Markup:
    """Return the text of a definition as SQL.

    Raises SchemaError for any other text.
    """
    if not isinstance(text, OwnSql):
        raise SchemaError(f"{text!r} is no SELECT of a definition")
    return Markup(text.replace("\n", HELD_NEWLINE))
