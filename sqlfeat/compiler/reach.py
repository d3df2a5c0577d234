"""Which tables a target reads, and which names are taken in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlfeat.dsl.sources import Source
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.transforms import JoinTransform
from sqlfeat.dsl.views import Feature, FeatureView, SlidingFeatureView, SqlFeatureView
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.written_select import read_select


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
    if isinstance(table, SqlFeatureView):
        names = {**known, **named_tables(table)}
        yield from (names[name] for name in names_read(table) if name in names)
    if not isinstance(table, FeatureView):
        return
    if isinstance(table.source, Table):
        yield table.source
    names = {**known, **named_tables(table)}
    for feature in features_in(table):
        transform = feature.transform if isinstance(feature, Feature) else feature
        if isinstance(transform, JoinTransform):
            joined: object = transform.table_name
            joined = names.get(joined) if isinstance(joined, str) else joined
            if isinstance(joined, Table):
                yield joined
        said = feature.name if isinstance(feature, Feature) and transform is None else feature
        found = split_reference(said, names) if isinstance(said, str) else None
        if found is not None and found[0] in names:
            yield names[found[0]]


def names_read(view: SqlFeatureView) -> Iterator[str]:
    """Yield the names of the tables that the texts of a view read."""
    texts = view.sql.values() if isinstance(view.sql, Mapping) else [view.sql]
    for text in texts:
        try:
            yield from read_select(text).tables
        except (ExpressionError, TypeError):
            continue


def named_tables(view: FeatureView | SqlFeatureView) -> dict[str, Table]:
    """Return the tables that a view itself says may be named by text."""
    tables = view.tables if isinstance(view.tables, Sequence) else ()
    return {table.name: table for table in tables if is_named(table)}


def is_named(table: object) -> bool:
    """Whether it is a table that can be found by its name."""
    return isinstance(table, Table) and isinstance(table.name, str)


def features_in(view: FeatureView) -> Sequence[Feature | str]:
    """Return the features of a view; none where it holds something else."""
    features = view.features
    return features if isinstance(features, Sequence) and not isinstance(features, str) else ()


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
        if isinstance(table, Source | SqlFeatureView) and isinstance(table.schema, Mapping):
            yield from (name for name in table.schema if isinstance(name, str))
        if isinstance(table, SlidingFeatureView):
            yield str(table.timestamp_field)
        if isinstance(table, FeatureView):
            for feature in features_in(table):
                yield str(feature.name if isinstance(feature, Feature) else feature)
