"""Over windows: for each row, an aggregate of the rows up to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlfeat.words import milliseconds

from .aggregates import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlfeat.dsl.transforms import OverWindowTransform
    from sqlfeat.types import DataType

    from .relation import Row, Rows


def over(transform: OverWindowTransform, rows: Rows) -> tuple[DataType, list]:
    """Return the values of an over-window feature."""
    aggregate = measure(transform, rows.columns, rows.zone)
    groups: dict[tuple, list[Row]] = {}
    for row in rows.rows:
        groups.setdefault(row.group(transform.group_by_keys), []).append(row)
    values = [
        aggregate.of(list(_window(row, groups[row.group(transform.group_by_keys)], transform)))
        for row in rows.rows
    ]
    return aggregate.type, values


def _window(row: Row, group: list[Row], transform: OverWindowTransform) -> Iterator[Row]:
    """Yield the rows of the window [t - size, t] of a row at t; without a size, of all until t.

    An end that is not `closed` does not belong to it.
    """
    size = None if transform.window_size is None else milliseconds(transform.window_size)
    with_start, with_end = transform.closed in ("both", "left"), transform.closed in ("both", "right")
    for other in group:
        assert row.time is not None
        assert other.time is not None
        age = row.time - other.time
        is_after_start = size is None or age < size or (with_start and age == size)
        if is_after_start and (age > 0 or (with_end and age == 0)):
            yield other
