"""Tables by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

from sqlfeat.dsl.tables import Table

AnyTable = TypeVar("AnyTable", bound=Table)


class Registry(Sequence[Table]):
    """Sources and views that features may name by text: `tables=` of a view, or of a call, takes one.

    A file of definitions may hold it in a variable; then all of its views know the tables. Making a
    source or a view puts it nowhere: it is in a registry once it was added.

    >>> from sqlfeat.dsl.sources import FileSystemSource
    >>> from sqlfeat.types import Int64
    >>> registry = Registry()
    >>> prices = registry.add(FileSystemSource("prices", path="prices.json", schema={"price": Int64}))
    >>> [table.name for table in registry]
    ['prices']
    """

    def __init__(self, tables: Iterable[Table] = ()) -> None:
        """Make a registry of these tables."""
        self._tables = list(tables)

    def add(self, table: AnyTable) -> AnyTable:
        """Add a source or a view, and return it."""
        self._tables.append(table)
        return table

    def __iter__(self) -> Iterator[Table]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    @overload
    def __getitem__(self, place: int) -> Table: ...

    @overload
    def __getitem__(self, place: slice) -> list[Table]: ...

    def __getitem__(self, place: int | slice) -> Table | list[Table]:
        return self._tables[place]
