"""Random views that are a SELECT of the definition's own, and the rows that it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from sqlfeat.expr.coercion import widens
from sqlfeat.types import DataType, Int64
from tests.fuzz.expressions import Grade, ImpossibleError, Known
from tests.fuzz.features import groupable
from tests.fuzz.model import Made, Ref, Select
from tests.fuzz.sources import SEQUENCE
from tests.fuzz.tables import Readable, Story
from tests.fuzz.weights import NAMES, OWN_SELECT_OPTIONS, chosen

Row = Mapping[str, Any]


def random_own_select(name: str, source: Readable, story: Story) -> Readable:
    """Return a view of a SELECT over a table: its rows keep their time where they can."""
    rnd = story.setting.rnd
    if rnd.random() < OWN_SELECT_OPTIONS["groups"]:
        return _grouped(name, source, story)
    return _projected(name, source, story)


def _grouped(name: str, source: Readable, story: Story) -> Readable:
    """Return how many rows each key has. Such rows have no time."""
    rnd = story.setting.rnd
    numbered = [column for column in source.columns if column.name == SEQUENCE]
    keys = [key for key in groupable(list(source.columns)) if key not in (SEQUENCE, "count", "latest")]
    if not numbered or not keys:
        raise ImpossibleError
    chosen_keys = rnd.sample(keys, min(len(keys), rnd.choice([1, 1, 2])))
    known = {column.name: column for column in source.columns}
    columns = [known[key] for key in chosen_keys]
    columns += [Known("count", Int64, Grade.TAME), Known("latest", Int64, Grade.TAME)]
    select = Select(Ref(source.made.name), {key: key for key in chosen_keys}, _where(source, rnd), True)
    fields = _fields(name, select, columns) | {"keys": chosen_keys}
    return Readable(Made("SqlFeatureView", fields), tuple(columns), tuple(chosen_keys), None, timed=False)


def _projected(name: str, source: Readable, story: Story) -> Readable:
    """Return some columns of some rows; with their time, unless it is left out or was changed."""
    rnd = story.setting.rnd
    timed = source.time_field is not None and rnd.random() < OWN_SELECT_OPTIONS["timestamp_field"]
    fixed = {SEQUENCE, *source.keys, *([source.time_field[0]] if source.time_field else [])}
    names: dict[str, Known] = {}
    for column in source.columns:
        if column.name in fixed or rnd.random() < 0.7:
            names[_name(column, fixed, source, names, rnd)] = column
    columns = [Known(new, _type(old, fixed, rnd), old.grade) for new, old in names.items()]
    renamed = {new: old.name for new, old in names.items()}
    fields = _fields(name, Select(Ref(source.made.name), renamed, _where(source, rnd)), columns)
    if source.keys:
        fields["keys"] = list(source.keys)
    if timed and source.time_field is not None:
        fields["timestamp_field"], time_format = source.time_field
        fields |= {"timestamp_format": time_format} if time_format else {}
    visible = {new for new, old in renamed.items() if new == old}
    unique = source.unique if source.unique is not None and source.unique <= visible else None
    return Readable(
        Made("SqlFeatureView", fields),
        tuple(columns),
        source.keys,
        unique,
        source.seen if timed else (),
        source.time_field if timed else None,
        timed,
    )


def _name(
    column: Known, fixed: set[str], source: Readable, names: Mapping[str, object], rnd: Random
) -> str:
    """Return the name of a column in the view: mostly its own."""
    taken = {name.casefold() for name in [*names, *(one.name for one in source.columns)]}
    if column.name in fixed or rnd.random() < 0.85:
        return column.name
    name = chosen(NAMES, rnd)
    while name.casefold() in taken:
        name += "_"
    return name


def _type(column: Known, fixed: set[str], rnd: Random) -> DataType:
    """Return the type that is declared for a column: its own, or a wider one."""
    wider = column.type != Int64 and widens(column.type, Int64) and column.name not in fixed
    return Int64 if wider and rnd.random() < 0.5 else column.type


def _where(source: Readable, rnd: Random) -> str | None:
    some = [column.name for column in source.columns if column.grade > Grade.ROUGH]
    return rnd.choice(some) if rnd.random() < OWN_SELECT_OPTIONS["where"] else None


def _fields(name: str, select: Select, columns: Sequence[Known]) -> dict[str, Any]:
    schema = {column.name: column.type for column in columns}
    return {"name": name, "sql": select, "schema": schema, "tables": [select.source]}


def rows_of_select(select: Select, rows: Sequence[Row]) -> tuple[dict[str, Any], ...]:
    """Return what a SELECT gives for the rows of its table."""
    some = [row for row in rows if select.where is None or row[select.where] is not None]
    if not select.groups:
        return tuple({new: row[old] for new, old in select.columns.items()} for row in some)
    groups: dict[tuple[Any, ...], list[int]] = {}
    for row in some:
        groups.setdefault(tuple(row[old] for old in select.columns.values()), []).append(row[SEQUENCE])
    return tuple(
        dict(zip(select.columns, key, strict=True)) | {"count": len(numbers), "latest": max(numbers)}
        for key, numbers in groups.items()
    )
