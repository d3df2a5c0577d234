"""The errors of sqlfeat. Their constructors word the message, so that a caller only names facts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is nearest to a mistyped one, or None when none is near.

    >>> nearest("pirce", ["price", "item_id"])
    'price'
    """
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


@dataclass(frozen=True)
class Problem:
    """One mistake in a definition.

    `table` is the source, view or materialization, `feature` the feature in it (or None), `fault`
    what is wrong, `allowed` what would be right.
    """

    table: str
    feature: str | None
    fault: str
    allowed: str = ""

    def __str__(self) -> str:
        where = self.table if self.feature is None else f"{self.table}, feature {self.feature!r}"
        return f"{where}: {self.fault}" + (f" {self.allowed}" if self.allowed else "")


class SqlfeatError(Exception):
    """What every error of sqlfeat is."""


class DefinitionError(SqlfeatError):
    """A definition is wrong. `problems` holds every mistake that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        count = len(self.problems)
        head = "1 mistake" if count == 1 else f"{count} mistakes"
        lines = "".join(f"\n  {number}. {p}" for number, p in enumerate(self.problems, 1))
        super().__init__(f"{head} in the definition:{lines}")


@contextmanager
def too_deep_is_said() -> Iterator[None]:
    """Raise DefinitionError where a chain of features and views is longer than Python's stack is high."""
    try:
        yield
    except RecursionError:
        fault = "its features and views read each other in a chain of some hundreds, which is too long."
        allowed = "Write a view in the middle of the chain to files, and go on from a source of these."
        raise DefinitionError([Problem("the target", None, fault, allowed)]) from None


class ExpressionError(SqlfeatError):
    """An expression cannot be parsed or typed. The compiler turns it into a `Problem`."""

    def __init__(self, fault: str, allowed: str = "") -> None:
        self.fault = fault
        self.allowed = allowed
        super().__init__(f"{fault} {allowed}".rstrip())


class SchemaError(SqlfeatError):
    """A plan was put together wrongly: a column that its input does not have, a wrong type."""


class UnsupportedError(SqlfeatError):
    """A dialect cannot say what a definition means.

    `problems` holds each construct with the reason and what to do instead.
    """

    def __init__(self, dialect: str, problems: Iterable[Problem]) -> None:
        self.dialect = dialect
        self.problems = tuple(dict.fromkeys(problems))
        lines = "".join(f"\n  {number}. {p}" for number, p in enumerate(self.problems, 1))
        super().__init__(f"{dialect} cannot run this definition:{lines}")


class SettingsError(SqlfeatError):
    """A setting of the project (`sqlfeat.toml`, an argument) is wrong."""


class EngineError(SqlfeatError):
    """An engine refused or failed to run what was rendered. `detail` is the engine's own text."""

    def __init__(self, message: str, detail: str = "") -> None:
        self.detail = detail
        super().__init__(message)
