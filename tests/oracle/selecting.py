"""A selection: the rows with certain keys, of a certain time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from .errors import OracleError
from .instants import EPOCH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from .relation import Relation


def select(
    relation: Relation, zone: ZoneInfo, keys: Any = None, start: Any = None, end: Any = None
) -> Relation:
    """Return the rows that have one of the keys, from `start` on, before `end`."""
    timed = start is not None or end is not None
    if timed and any(row.time is None for row in relation.rows):
        raise OracleError("the rows have no time")
    rows = relation.rows
    if keys is not None:
        wanted = [_named(key, relation) for key in keys]
        rows = [row for row in rows if any(_has(row.values, key) for key in wanted)]
    if start is not None:
        rows = [row for row in rows if row.time is not None and _since_1970(row.time) >= _of(start, zone)]
    if end is not None:
        rows = [row for row in rows if row.time is not None and _since_1970(row.time) < _of(end, zone)]
    return replace(relation, rows=rows)


def _named(key: Any, relation: Relation) -> Mapping[str, object]:
    if isinstance(key, dict):
        return key
    values = key if isinstance(key, tuple) else (key,)
    return dict(zip(relation.keys, values, strict=True))


def _has(values: Mapping[str, object], key: Mapping[str, object]) -> bool:
    return all(values[name] is not None and values[name] == value for name, value in key.items())


def _since_1970(instant: int) -> timedelta:
    return timedelta(milliseconds=instant)


def _of(moment: Any, zone: ZoneInfo) -> timedelta:
    """Return how long after 1970 a moment is; by the zone's clock if it has no offset."""
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    if not isinstance(found, datetime):
        found = datetime(found.year, found.month, found.day)
    return (found if found.tzinfo is not None else found.replace(tzinfo=zone)) - EPOCH
