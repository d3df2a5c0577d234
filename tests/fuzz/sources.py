"""Random sources: schemas, options and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlfeat.types import (
    ArrayType,
    Bytes,
    DataType,
    Int32,
    Int64,
    MapType,
    StructType,
    Timestamp,
    is_numeric,
)
from tests.fuzz.expressions import Grade
from tests.fuzz.model import SOURCE, Made
from tests.fuzz.values import random_value
from tests.fuzz.weights import (
    CHANGES,
    GRANULES,
    KEY_TYPES,
    KEYS,
    MOMENTS,
    NAMES,
    NULLS,
    OFFSETS,
    ROWS,
    SINCE,
    SOURCE_OPTIONS,
    TIME_FORMATS,
    VALUE_TYPES,
    ZONES,
    TimeFormat,
    chosen,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
DAY_MS = 86_400_000
SEQUENCE = "seq"
"""A column that numbers the rows: a tie-breaker that never ties."""

KNOWN_AT = "known"
"""A column of the times from which on the rows are known."""

OPTIONS = ("max_out_of_orderness", "on_bad_timestamp", "data_format")
NESTED = (ArrayType, MapType, StructType)

Seen = tuple[int, dict[str, Any]]
UNAMBIGUOUS = TimeFormat(Int64, "epoch_millis", True)


@dataclass(frozen=True)
class Setting:
    """What the sources of one definition have in common, so that their rows meet each other.

    `keys` are the key columns with their types, `values_of_keys` what stands in them; `start` and
    `granule` say which times rows have, in milliseconds.
    """

    rnd: Random
    seed: int
    zone: str
    start: int
    granule: int
    keys: tuple[tuple[str, DataType], ...]
    values_of_keys: dict[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Field:
    """A column of a source: its type, its grade, and how often it is NULL."""

    name: str
    type: DataType
    grade: Grade
    nulls: float


@dataclass(frozen=True)
class RandomSource:
    """A source, its rows, the grades of its columns. In a tieless one no two rows share a time; `seen`
    are the rows whose times can be read, each with its instant.
    """

    made: Made
    rows: tuple[dict[str, Any], ...]
    fields: tuple[Field, ...]
    tieless: bool
    seen: tuple[Seen, ...]


def random_setting(rnd: Random, seed: int) -> Setting:
    keys = tuple((name, chosen(KEY_TYPES, rnd)) for name in ("user_id", "item_id"))
    many = {name: chosen(KEYS, rnd) for name, _ in keys}
    values = {
        name: tuple(random_value(dtype, True, rnd, seed) for _ in range(many[name]))
        for name, dtype in keys
    }
    zone, granule, moment = chosen(ZONES, rnd), chosen(GRANULES, rnd), chosen(MOMENTS, rnd)
    if moment < SINCE.get(zone, ""):
        moment = next(iter(MOMENTS))
    before = 0
    if zone in CHANGES and rnd.random() < 0.65:
        moment = rnd.choice(CHANGES[zone])
        granule = rnd.choice([granule, DAY_MS])
        before = rnd.choice([0, 1, 3, 5]) * granule
    start = (datetime.fromisoformat(moment) - EPOCH) // MILLISECOND - before
    return Setting(rnd, seed, zone, start, granule, keys, values)


def random_source(name: str, setting: Setting, tieless: bool) -> RandomSource:
    rnd = setting.rnd
    time_format = chosen(TIME_FORMATS, rnd)
    if tieless and time_format.ambiguous and setting.zone != "UTC":
        time_format = UNAMBIGUOUS
    fields = [
        *(Field(key, dtype, Grade.EXACT, chosen(NULLS, rnd) / 2) for key, dtype in setting.keys),
        *_values(rnd),
        Field(SEQUENCE, Int64, Grade.TAME, 0.0),
    ]
    if rnd.random() < SOURCE_OPTIONS["known_at"]:
        fields.append(Field(KNOWN_AT, Timestamp, Grade.EXACT, chosen(NULLS, rnd) / 2))
    fields_of: dict[str, Any] = {
        "name": name,
        "path": "",
        "schema": {**{field.name: field.type for field in fields}, "at": time_format.type},
        "keys": [key for key, _ in setting.keys][: rnd.choice([1, 1, 2])],
        "timestamp_field": "at",
    }
    if time_format.format is not None:
        fields_of["timestamp_format"] = time_format.format
    for option in OPTIONS:
        if rnd.random() < SOURCE_OPTIONS[option]:
            fields_of.update(_option(option, setting, fields))
    if time_format.ambiguous and setting.zone != "UTC":
        # A time that comes twice is read as the earlier one, and would be late.
        fields_of.pop("max_out_of_orderness", None)
    fields_of["path"] = f"{name}.{'csv' if 'data_format' in fields_of else 'jsonl'}"
    rows, seen = _rows(fields, setting, time_format, tieless, fields_of)
    at = Field("at", time_format.type, Grade.EXACT, 0.0)
    return RandomSource(Made(SOURCE, fields_of), rows, (*fields, at), tieless, seen)


def _values(rnd: Random) -> list[Field]:
    names: dict[str, None] = {}
    while len(names) < rnd.randint(1, 4):
        names[chosen(NAMES, rnd)] = None
    return [_value(name, rnd) for name in names]


def _value(name: str, rnd: Random) -> Field:
    dtype = chosen(VALUE_TYPES, rnd)
    tame = is_numeric(dtype) and rnd.random() < 0.75
    return Field(name, dtype, Grade.TAME if tame else Grade.EXACT, chosen(NULLS, rnd))


def _option(option: str, setting: Setting, fields: Sequence[Field]) -> dict[str, Any]:
    if option == "max_out_of_orderness":
        return {option: timedelta(milliseconds=setting.granule * setting.rnd.choice([0, 1, 3]))}
    if option == "on_bad_timestamp":
        return {option: "drop"}
    textless = any(field.type == Bytes or isinstance(field.type, NESTED) for field in fields)
    return {} if textless else {option: "csv"}


def _rows(
    fields: Sequence[Field],
    setting: Setting,
    time_format: TimeFormat,
    tieless: bool,
    options: dict[str, Any],
) -> tuple[tuple[dict[str, Any], ...], tuple[Seen, ...]]:
    rnd = setting.rnd
    count = rnd.randint(*chosen(ROWS, rnd))
    times = _times(count, setting, time_format.fine, tieless)
    delay = options.get("max_out_of_orderness")
    if delay is None:
        rnd.shuffle(times)
    else:
        times.sort(key=lambda time: time + rnd.randint(0, delay // MILLISECOND))
    domains = {field.name: _domain(field, setting) for field in fields}
    rows, seen = [], []
    for place, time in enumerate(times):
        row = {field.name: _pick(field, domains[field.name], rnd) for field in fields}
        row[SEQUENCE] = place
        row["at"] = shown(time, time_format, setting)
        if "on_bad_timestamp" in options and rnd.random() < 0.2:
            row["at"] = _unreadable(time_format, rnd)
        else:
            seen.append((time, row))
        if options.get("data_format") == "csv":
            row.update({name: None for name, value in row.items() if value == ""})
        rows.append(row)
    return tuple(rows), tuple(seen)


def _times(count: int, setting: Setting, fine: bool, tieless: bool) -> list[int]:
    """Return instants near each other, most of them a whole number of granules apart."""
    rnd = setting.rnd
    reach = rnd.choice([2, 4, 6, 12, 30])
    unit = 1 if fine else 1_000
    times: list[int] = []
    while len(times) < count:
        time = setting.start + rnd.randint(0, reach) * setting.granule
        if rnd.random() < 0.25:
            time += rnd.choice([-unit, unit, setting.granule // 2 // 1_000 * 1_000])
        if tieless and time in times:
            time = setting.start + len(times) * max(setting.granule // 4, 1_000) + 500_000
        if tieless and time in times:
            time = max(times) + 1_000
        times.append(time)
    return times


def _domain(field: Field, setting: Setting) -> tuple[Any, ...]:
    if field.name in setting.values_of_keys:
        return setting.values_of_keys[field.name]
    rnd = setting.rnd
    if field.name == KNOWN_AT:
        times = (setting.start + rnd.randint(-2, 12) * setting.granule for _ in range(6))
        return tuple(EPOCH + time * MILLISECOND for time in times)
    tame = field.grade == Grade.TAME
    return tuple(random_value(field.type, tame, rnd, setting.seed) for _ in range(rnd.randint(1, 6)))


def _pick(field: Field, domain: tuple[Any, ...], rnd: Random) -> Any:
    return None if rnd.random() < field.nulls else rnd.choice(domain)


def shown(instant: int, time_format: TimeFormat, setting: Setting) -> Any:
    """Return an instant as a source of this format writes it."""
    moment = EPOCH + instant * MILLISECOND
    if time_format.type == Timestamp:
        return moment
    if time_format.type in (Int32, Int64):
        return instant if time_format.format == "epoch_millis" else instant // 1_000
    assert time_format.format is not None
    if "%z" in time_format.format:
        moment = moment.astimezone(timezone(timedelta(minutes=setting.rnd.choice(OFFSETS))))
    else:
        moment = moment.astimezone(ZoneInfo(setting.zone))
    return moment.strftime(time_format.format)


def _unreadable(time_format: TimeFormat, rnd: Random) -> Any:
    """Return what is no time of the format: NULL, and text that is nearly one."""
    texts = ["", "2022-02-30 00:00:00", "2022-01-01", "2022-01-01 24:00:00", " 2022-01-01 00:00:00", "x"]
    is_text = time_format.type not in (Timestamp, Int32, Int64)
    return rnd.choice([None, *texts]) if is_text else None
