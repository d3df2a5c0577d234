"""The entry: the rows of a table, from the rows of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlfeat.dsl.sources import DataGenSource, Source
from sqlfeat.dsl.views import DerivedFeatureView, SlidingFeatureView, SqlFeatureView

from .derived import copied, derive
from .errors import OracleError
from .features import features_of
from .generated import made_up
from .relation import Relation, Rows
from .selecting import select
from .sliding import slide
from .sources import read_source

if TYPE_CHECKING:
    from sqlfeat.dsl.tables import Table
    from sqlfeat.types import DataType

SourceRows = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True)
class Result:
    """The rows of a table, in no order. A TIMESTAMP is an aware datetime in UTC."""

    columns: list[str]
    rows: list[tuple]
    types: list[DataType]


def evaluate(
    target: Table,
    rows: SourceRows,
    timezone: str = "UTC",
    tables: Iterable[Table] = (),
    **asked: object,
) -> Result:
    """Return what a source or a view means for the rows of the sources, given by their names.

    `tables` are what features may name by text; `asked` may hold `keys`, `start` and `end`. Raises
    OracleError where the contract says so.
    """
    world = World(rows, ZoneInfo(timezone), {table.name: table for table in tables})
    relation = select(world.read(target), world.zone, **asked)
    return Result(
        list(relation.columns),
        [tuple(row.values[name] for name in relation.columns) for row in relation.rows],
        list(relation.columns.values()),
    )


class World:
    """All tables that a target reads, each evaluated once."""

    def __init__(self, given: SourceRows, zone: ZoneInfo, tables: Mapping[str, Table]) -> None:
        self.given = given
        self.zone = zone
        self.tables = tables
        self.done: dict[int, Relation] = {}

    def read(self, table: Table) -> Relation:
        if id(table) not in self.done:
            self.done[id(table)] = self._evaluated(table)
        return self.done[id(table)]

    def _evaluated(self, table: Table) -> Relation:
        if isinstance(table, DataGenSource):
            return read_source(table, list(made_up(table)), self.zone)
        if isinstance(table, Source | SqlFeatureView):
            return read_source(table, self.given[table.name], self.zone)
        if not isinstance(table, DerivedFeatureView | SlidingFeatureView):
            raise OracleError(f"{table!r} is neither a source nor a view")
        source = self.read(table.source)
        rows = Rows(dict(source.columns), copied(source.rows), self.zone)
        features = features_of(table, self.tables)
        if isinstance(table, SlidingFeatureView):
            return slide(table, features, source, rows)
        return derive(table, features, source, rows, self.read)
