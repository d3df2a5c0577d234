"""What a definition that is being made holds so far, and what can be read of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlfeat as sf
from sqlfeat.types import DataType
from tests.fuzz.expressions import Grade, Known
from tests.fuzz.model import Definition, Made, build
from tests.fuzz.sources import Seen, Setting


@dataclass(frozen=True)
class Readable:
    """A table that views may read. `keys` are those that a join uses unless it says others.

    `unique` are the columns that with the time tell its rows apart, None where nothing does. `seen` are
    the rows of the source that its rows are made of, one by one, with their instants. `time_field` is the
    column that shows the time to the millisecond, with its format; `timed` whether there is a time.
    """

    made: Made
    columns: tuple[Known, ...]
    keys: tuple[str, ...]
    unique: frozenset[str] | None
    seen: tuple[Seen, ...] = ()
    time_field: tuple[str, str | None] | None = None
    timed: bool = True

    def types(self) -> dict[str, DataType]:
        return {column.name: column.type for column in self.columns}


@dataclass
class Story:
    """A definition while it is made."""

    name: str
    setting: Setting
    tables: list[Readable] = field(default_factory=list)
    rows: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)

    def definition(self) -> Definition:
        made = tuple(table.made for table in self.tables)
        return Definition(self.name, made, self.rows, self.setting.zone)

    def columns_of(self, made: Made, grades: dict[str, Grade]) -> tuple[Known, ...]:
        """Return the columns that come out of a view, as the compiler sees them."""
        whole = self.definition()
        with_it = Definition(whole.name, (*whole.tables, made), whole.rows, whole.timezone)
        target = build(with_it, None)
        found = sf.plan(target, timezone=whole.timezone).outputs[0].columns
        return tuple(Known(name, dtype, grades.get(name, Grade.EXACT)) for name, dtype in found)
