"""Which tables a target reads, and which names are taken in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlfeat.dsl.sources import Source
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.transforms import JoinTransform
from sqlfeat.dsl.views import Feature, FeatureView, SlidingFeatureView


def split_reference(text: str, known: Iterable[str]) -> tuple[str, str] | None:
    """Return the table and the expression that a text such as `prices.price` names.

    The longest known name before a point wins; with none known, what stands before the first point.
    """
    for name in sorted(known, key=len, reverse=True):
        if text.startswith(name + "."):
            return name, text[len(name) + 1 :]
    table, point, rest = text.partition(".")
    return (table, rest) if point and rest else None


def tables_read(table: Table, known: Mapping[str, Table]) -> Iterator[Table]:
    """Yield the tables that a table reads itself: its source, what its features join."""
    if not isinstance(table, FeatureView):
        return
    if isinstance(table.source, Table):
        yield table.source
    names = {**known, **_named(table)}
    for feature in table.features:
        transform = feature.transform if isinstance(feature, Feature) else feature
        if isinstance(transform, JoinTransform):
            joined = names.get(transform.table) if isinstance(transform.table, str) else transform.table
            if isinstance(joined, Table):
                yield joined
        found = split_reference(feature, names) if isinstance(feature, str) else None
        if found is not None and found[0] in names:
            yield names[found[0]]


def _named(view: FeatureView) -> dict[str, Table]:
    return {table.name: table for table in view.tables if isinstance(table, Table)}


def reachable(targets: Iterable[Table], known: Mapping[str, Table]) -> tuple[Table, ...]:
    """Return every table that the targets read, directly or not, each once, targets included."""
    found: dict[int, Table] = {}
    waiting = list(targets)
    while waiting:
        table = waiting.pop(0)
        if id(table) not in found:
            found[id(table)] = table
            waiting += tables_read(table, known)
    return tuple(found.values())


def column_names(tables: Iterable[Table]) -> Iterator[str]:
    """Yield every name that a definition gives to a column of these tables."""
    for table in tables:
        if isinstance(table, Source):
            yield from (name for name in table.schema if isinstance(name, str))
        if isinstance(table, SlidingFeatureView):
            yield table.timestamp_field
        if isinstance(table, FeatureView):
            for feature in table.features:
                yield feature.name if isinstance(feature, Feature) else str(feature)
