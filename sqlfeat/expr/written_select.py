"""A SELECT that stands in a definition as text: only as much of it is read as has to be known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from sqlfeat.errors import ExpressionError

TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<space>\s+)|(?P<text>'(?:[^'\\]|''|\\.)*'|\"(?:[^\"\\]|\"\"|\\.)*\")"
    r"|(?P<quoted>`(?:[^`]|``)*`)|(?P<word>[^\W\d]\w*)|(?P<other>.)",
    re.DOTALL,
)
TAKES_FROM = frozenset({"EXTRACT", "TRIM", "SUBSTRING", "OVERLAY", "POSITION"})
"""Functions with a FROM inside, which names no table."""

ENDS_FROM = frozenset("GROUP HAVING LIMIT ORDER QUALIFY SELECT UNION WHERE WINDOW".split())
NO_TABLES = frozenset({"LATERAL", "SELECT", "TABLE", "UNNEST", "VALUES"})

ACROSS_ROWS = frozenset(
    "ALL CLUSTER CROSS DISTINCT DISTRIBUTE EXCEPT FETCH FOR GROUP HAVING INTERSECT JOIN LATERAL LIMIT "
    "MATCH_RECOGNIZE MINUS NATURAL OFFSET ORDER PIVOT QUALIFY SORT TABLESAMPLE UNION UNPIVOT WINDOW "
    "WITH".split()
)
"""Words behind which a row that comes out may be no row of the table."""


@dataclass(frozen=True)
class Token:
    """A word, a name, a text or a sign of SQL, where it starts, and in how many parentheses it stands."""

    kind: str
    text: str
    start: int
    depth: int

    @property
    def keyword(self) -> str:
        """The word in capitals; nothing for any other token."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def name(self) -> str | None:
        """The name that the token says, if it can be one."""
        if self.kind == "quoted":
            return self.text[1:-1].replace("``", "`")
        return self.text if self.kind == "word" else None


@dataclass(frozen=True)
class WrittenSelect:
    """One SELECT, without its semicolon."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def names(self) -> frozenset[str]:
        """Every name in it, of whatever: those of its tables are among them."""
        return frozenset(token.name for token in self.tokens if token.name is not None)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names that follow FROM and JOIN and are no name of a WITH."""
        triples = zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False)
        own = {a.name for a, b, c in triples if b.keyword == "AS" and c.text == "("}
        found = (name for name in _after_from(self.tokens) if name not in own)
        return tuple(dict.fromkeys(found))

    @property
    def after_with(self) -> str | None:
        """What follows its WITH; None where it has none."""
        first = self.tokens[0]
        return self.text[first.start + len(first.text) :].lstrip() if first.keyword == "WITH" else None

    def with_column(self, column: str, shown: str) -> str | None:
        """Return the text with another column of its table, which `column` names in SQL, at the end of
        its list. None unless it gives the rows of one table, and among their columns `shown` as it is.
        """
        end = self._end_of_list()
        if end is None:
            return None
        items = list(_items(self.tokens[1:end]))
        plain = [item[-1].name for item in items if _is_column(item)]
        given = [item[-1].name for item in items if not _is_column(item)]
        if any(item[-1].text == "*" for item in items):
            return self.text if shown not in given else None
        if shown not in plain or shown in given:
            return None
        last = self.tokens[end - 1]
        place = last.start + len(last.text)
        return f"{self.text[:place]}, {column}{self.text[place:]}"

    def _end_of_list(self) -> int | None:
        """Return the place of the FROM behind the list of columns, if each row is one of one table."""
        outer = [token.keyword for token in self.tokens if token.depth == 0]
        selects = sum(token.keyword == "SELECT" for token in self.tokens)
        if selects != 1 or ACROSS_ROWS & set(outer) or outer.count("FROM") != 1:
            return None
        end = next(place for place, token in enumerate(self.tokens) if _is_outer(token, "FROM"))
        behind = self.tokens[end + 1 :]
        until = next((p for p, token in enumerate(behind) if _is_outer(token, "WHERE")), len(behind))
        named = [token for token in behind[:until] if token.keyword != "AS"]
        good = 1 <= len(named) <= 2 and all(token.name is not None for token in named)
        return end if good else None


def _is_column(item: Sequence[Token]) -> bool:
    """Whether an item of a list is a column, or all of them, under the name that it has."""
    return len(item) == 1 or (len(item) == 3 and item[1].text == ".")


def _is_outer(token: Token, keyword: str) -> bool:
    return token.depth == 0 and token.keyword == keyword


def _items(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the items of a list of columns."""
    item: list[Token] = []
    for token in tokens:
        if token.depth == 0 and token.text == ",":
            yield item
            item = []
        else:
            item.append(token)
    yield item


def _after_from(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names behind FROM, JOIN and TABLE, and behind the commas of a FROM."""
    listing: set[int] = set()
    for place, token in enumerate(tokens):
        if token.text == ")":
            listing.discard(token.depth + 1)
        elif token.keyword == "FROM":
            listing.add(token.depth)
        elif token.keyword in ENDS_FROM:
            listing.discard(token.depth)
        lists = token.text == "," and token.depth in listing
        starts = token.keyword in ("JOIN", "TABLE") or (
            token.keyword == "FROM" and _names_table(place, tokens)
        )
        name = _table_at(place + 1, tokens) if lists or starts else None
        if name is not None:
            yield name


def _names_table(place: int, tokens: Sequence[Token]) -> bool:
    """Whether a FROM has a table behind it: not that of IS DISTINCT FROM, nor one inside of a call."""
    if place and tokens[place - 1].keyword == "DISTINCT":
        return False
    depth = tokens[place].depth
    opened = [at for at in range(place) if tokens[at].depth == depth - 1 and tokens[at].text == "("]
    return not opened or not opened[-1] or tokens[opened[-1] - 1].keyword not in TAKES_FROM


def _table_at(place: int, tokens: Sequence[Token]) -> str | None:
    """Return the name of a table at a place; None for a call, a name of several parts, a word of SQL."""
    if place >= len(tokens) or tokens[place].keyword in NO_TABLES:
        return None
    behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return None if behind in ("(", ".") else tokens[place].name


def read_select(text: str) -> WrittenSelect:
    """Return a text as one SELECT.

    Raises ExpressionError for another statement, and for more than one.

    >>> read_select("SELECT a FROM t;").tables
    ('t',)
    """
    text = _dedented(text)
    tokens = list(_tokens(text))
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise ExpressionError(
            "there is no SELECT in its sql.", "Write one, such as 'SELECT a, b FROM t'."
        )
    if any(token.text == ";" for token in tokens):
        raise ExpressionError("its sql is more than one statement.", "It is one SELECT.")
    first = tokens[0].text
    outer = [token.keyword for token in tokens if token.depth == 0]
    if first.upper() not in ("SELECT", "WITH") or "SELECT" not in outer or "INSERT" in outer:
        raise ExpressionError(f"its sql is no SELECT: it begins with {first!r}.", "It is one SELECT.")
    if len(outer) > 1 and outer[0] == "WITH" and outer[1] == "RECURSIVE":
        raise ExpressionError(
            "its sql has WITH RECURSIVE.", "Write it without, or make it a table before."
        )
    if tokens[-1].depth > 0 or any(token.depth < 0 for token in tokens):
        raise ExpressionError("the parentheses of its sql do not match.", "Each ( has its ).")
    last = tokens[-1]
    return WrittenSelect(text[: last.start + len(last.text)].strip(), tuple(_moved(tokens, text)))


def _dedented(text: str) -> str:
    """Return the text without the indentation that its lines share, unless a literal goes over lines."""
    over_lines = any("\n" in token.text for token in _tokens(text))
    return text if over_lines else dedent(text)


def _moved(tokens: list[Token], text: str) -> Iterator[Token]:
    """Yield the tokens as they stand in the text without what is around it."""
    shift = len(text) - len(text.lstrip())
    for token in tokens:
        yield Token(token.kind, token.text, token.start - shift, token.depth)


def _tokens(text: str) -> Iterator[Token]:
    depth = 0
    for found in TOKEN.finditer(text):
        kind = str(found.lastgroup)
        if kind in ("comment", "space"):
            continue
        depth -= found[0] == ")"
        yield Token(kind, found[0], found.start(), depth)
        depth += found[0] == "("
