"""Point-in-time joins: for each row, the latest row of a table that was there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.transforms import JoinTransform
from sqlfeat.words import milliseconds

from .expressions import formula
from .instants import to_datetime
from .ordering import rank, ranks
from .relation import Relation, Row, Rows

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlfeat.dsl.views import Feature
    from sqlfeat.types import DataType

    from .formulas import Formula

Read = Callable[[Table], Relation]


@dataclass(frozen=True)
class Match:
    """How a row finds its row of a table. `pairs` are the columns to compare: left, right."""

    table: Table
    pairs: tuple[tuple[str, str], ...]
    strict: bool
    ttl_ms: int | None
    tie_breaker: str | None
    known_at: str | None


def pairs_of(transform: JoinTransform, right: Relation) -> tuple[tuple[str, str], ...]:
    keys = right.keys if transform.keys is None else transform.keys
    return tuple(keys.items()) if isinstance(keys, Mapping) else tuple((key, key) for key in keys)


def match_of(transform: JoinTransform, read: Read) -> Match:
    assert isinstance(transform.table_name, Table)
    ttl_ms = None if transform.ttl is None else milliseconds(transform.ttl)
    pairs = pairs_of(transform, read(transform.table_name))
    return Match(
        transform.table_name, pairs, transform.strict, ttl_ms, transform.tie_breaker, transform.known_at
    )


def join(
    transform: JoinTransform, features: list[Feature], rows: Rows, read: Read
) -> tuple[DataType, list]:
    """Return the values of a join feature. `features` are all of the view's."""
    match = match_of(transform, read)
    right = read(match.table)
    value = formula(transform.expr, right.columns, rows.zone)
    joined = _joined_values(match, features, right, rows.zone, read)

    def preference(row: Row) -> tuple:
        tie = () if match.tie_breaker is None else rank(row.values[match.tie_breaker])
        return row.time, tie, ranks([one.value(row.values) for one in joined])

    values: list[object] = []
    for row in rows.rows:
        found = [other for other in right.joined_rows if _matches(row, other, match, right)]
        if found:
            values.append(value.value(max(found, key=preference).values))
        else:
            values.append(value.value(right.empty) if right.steps is not None else None)
    return value.type, values


def _joined_values(
    match: Match, features: list[Feature], right: Relation, zone: ZoneInfo, read: Read
) -> list[Formula]:
    """Return all that a view joins in the same way: one row of the table gives all of it."""
    joins = [f.transform for f in features if isinstance(f.transform, JoinTransform)]
    alike = [transform for transform in joins if match_of(transform, read) == match]
    return [formula(transform.expr, right.columns, zone) for transform in alike]


def _matches(row: Row, other: Row, match: Match, right: Relation) -> bool:
    assert row.time is not None
    assert other.time is not None
    for mine, theirs in match.pairs:
        if row.values[mine] is None or rank(row.values[mine]) != rank(other.values[theirs]):
            return False
    if other.time > row.time or (match.strict and other.time == row.time):
        return False
    if match.ttl_ms is not None and other.time < row.time - match.ttl_ms:
        return False
    if match.known_at is not None and not _is_known(other.values[match.known_at], row.time):
        return False
    return right.steps is None or row.time < right.steps.next_end(other.time + 1) - 1


def _is_known(since: object, time: int) -> bool:
    """Whether what became known at an instant was known at a time; what never did was not."""
    return isinstance(since, datetime) and since <= to_datetime(time)
