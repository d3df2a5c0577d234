"""A table that was evaluated: its columns, its rows with their event times, how to join it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .ordering import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from sqlfeat.types import DataType

    from .steps import Steps


@dataclass
class Row:
    """The values of a row by column. `time` is its event time, None where the table has none."""

    time: int | None
    values: dict[str, object]

    def group(self, keys: Iterable[str]) -> tuple[object, ...]:
        """Return what rows with equal keys have in common; NULL equals NULL."""
        return tuple(rank(self.values[key]) for key in keys)


@dataclass
class Relation:
    """A source or a view. `keys` are those that a join uses unless it says others.

    A sliding view has `steps`, by which its rows are current, and `empty`: what holds when none is. A
    join finds its `current` rows, a row for each window that holds one, whichever come out.
    """

    columns: dict[str, DataType]
    rows: list[Row]
    keys: tuple[str, ...]
    timestamp_field: str | None
    steps: Steps | None = None
    empty: Mapping[str, object] = field(default_factory=dict)
    current: list[Row] | None = None

    @property
    def joined_rows(self) -> list[Row]:
        """The rows among which a join finds its match."""
        return self.rows if self.current is None else self.current


@dataclass
class Rows:
    """The rows of a view while its features are computed, one column after the other."""

    columns: dict[str, DataType]
    rows: list[Row]
    zone: ZoneInfo

    def put(self, name: str, dtype: DataType, values: Iterable[object]) -> None:
        """Add a column; one of a known name takes its place."""
        self.columns[name] = dtype
        for row, value in zip(self.rows, values, strict=True):
            row.values[name] = value

    def select(self, names: Iterable[str]) -> tuple[dict[str, DataType], list[Row]]:
        """Return these columns, each once, in this order."""
        columns = {name: self.columns[name] for name in names}
        return columns, [Row(r.time, {name: r.values[name] for name in columns}) for r in self.rows]
