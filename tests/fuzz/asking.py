"""Which rows of a definition's target are asked for: some keys, some times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlfeat.types import Boolean, Date, DecimalType, Int32, Int64, String
from tests.fuzz.comparing import result_of
from tests.fuzz.expressions import Known
from tests.fuzz.model import Definition
from tests.fuzz.sources import EPOCH, MILLISECOND, Setting
from tests.fuzz.tables import Readable
from tests.fuzz.values import random_value
from tests.fuzz.weights import ASKED, ASKED_KEYS, chosen
from tests.oracle import OracleError


def asking(definition: Definition, target: Readable, setting: Setting) -> Definition:
    """Return the definition, mostly as it is: sometimes not all of its rows are asked for."""
    rnd = setting.rnd
    keyed = [column for column in target.columns if _is_key(column)]
    asked: dict[str, Any] = {}
    if keyed and rnd.random() < ASKED["keys"]:
        asked["keys"] = _keys(definition, target, keyed, setting)
    spans = sorted(rnd.sample(range(-1, 14), 2))
    for name, place in zip(("start", "end"), spans, strict=True):
        if target.timed and rnd.random() < ASKED[name]:
            asked[name] = _moment(setting, place, rnd)
    zone = ZoneInfo(setting.zone)
    if {"start", "end"} <= set(asked) and _read(asked["start"], zone) >= _read(asked["end"], zone):
        del asked["start"]
    return replace(definition, asked=asked)


def _is_key(column: Known) -> bool:
    return column.type in (Boolean, Int32, Int64, String, Date) or isinstance(column.type, DecimalType)


def _keys(
    definition: Definition, target: Readable, keyed: Sequence[Known], setting: Setting
) -> list[Any]:
    """Return keys that mostly are there: values, tuples, or mappings from columns of any kind."""
    rnd = setting.rnd
    types = {column.name: column.type for column in keyed}
    rows = _rows(definition)
    count = chosen(ASKED_KEYS, rnd)
    if target.keys and set(target.keys) <= set(types) and rnd.random() < 0.6:
        found = [_key(target.keys, rows, types, setting) for _ in range(count)]
        return [next(iter(key.values())) if len(key) == 1 else tuple(key.values()) for key in found]
    names = [rnd.choice(list(types)), rnd.choice(list(types))]
    return [
        _key(list(dict.fromkeys(names[: rnd.choice([1, 2])])), rows, types, setting) for _ in range(count)
    ]


def _rows(definition: Definition) -> list[dict[str, Any]]:
    """Return the rows of the target, all of them; none where the contract stops the run."""
    try:
        found = result_of(definition)
    except OracleError:
        return []
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def _key(
    names: Sequence[str], rows: Sequence[Mapping[str, Any]], types: Mapping[str, Any], setting: Setting
) -> dict[str, Any]:
    """Return the key of a row, a value that is NULL and some others replaced."""
    rnd = setting.rnd
    row = rnd.choice(rows) if rows else {}
    return {
        name: row[name]
        if row.get(name) is not None and rnd.random() < 0.85
        else random_value(types[name], False, rnd, setting.seed)
        for name in names
    }


def _read(moment: Any, zone: ZoneInfo) -> datetime:
    """Return the instant of a moment, to say which of two is the earlier."""
    found = datetime.fromisoformat(str(moment))
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _moment(setting: Setting, place: int, rnd: Random) -> Any:
    """Return a time near those of the rows: with an offset, by the zone's clock, as text, or a day."""
    time = setting.start + place * setting.granule + rnd.choice([0, 0, 1, -1])
    aware = EPOCH + time * MILLISECOND
    local = aware.astimezone(ZoneInfo(setting.zone)).replace(tzinfo=None)
    return rnd.choice([aware, local, str(local), aware.isoformat(), local.date(), str(local.date())])
