"""Views that are a SELECT of the definition's own, to plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlfeat.compiler.reach import features_in, named_tables
from sqlfeat.compiler.scope import Relation, Scope, fresh
from sqlfeat.compiler.sources import check_case, event_time_of, keys_of, schema_of
from sqlfeat.dsl.sources import Source
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.views import DerivedFeatureView, Feature, SlidingFeatureView, SqlFeatureView
from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.nodes import Call, Column, Expr
from sqlfeat.expr.written_select import WrittenSelect, read_select
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.rows import Derive, Filter, Ref, Select
from sqlfeat.plan.tables import ViewTable
from sqlfeat.plan.written import Written, WrittenText
from sqlfeat.types import ArrayType, Boolean, Instant, MapType, Schema, StructType

CompileTable = Callable[[Table], Relation | None]


def compile_written(view: SqlFeatureView, scope: Scope, table: CompileTable) -> Relation | None:
    """Add the view to the scope, and return what its readers see of it."""
    schema = schema_of(view, scope)
    check_case(schema.names, view.name, scope)
    keys = keys_of(view, schema, scope)
    time = event_time_of(view, schema, bounded=True, scope=scope)
    texts = _texts(view, scope)
    read = _read(view, texts, scope)
    relations = [relation for relation in map(table, read.values()) if relation is not None]
    if scope.problems:
        return Relation(view.name, Ref(view.name, schema, None), schema, keys, None, True)
    refs = tuple(relation.ref for relation in relations)
    below = fresh(f"{view.name}_written", [*scope.known, *scope.taken, *(v.name for v in scope.views)])
    keeps = time is not None and all(_keeps_time(text, view, read) for text in texts.values())
    kept = time.column if time is not None and keeps else None
    written = tuple(WrittenText(name, text) for name, text in texts.items())
    node: Node = Written(view.name, refs, written, schema, view.timestamp_field, kept)
    says = f"{below}: the SELECT of {view.name}, as its definition has it."
    scope.views.append(ViewTable(below, node, schema.names, says))
    node = _declared(Ref(below, node.schema, kept), schema)
    if time is not None and kept is None:
        node = _timed(node, time.column, time.expr)
    says = f"{view.name}: the columns that its definition declares, in their types."
    scope.views.append(ViewTable(view.name, node, schema.names, says))
    seen = Ref(view.name, node.schema, None if time is None else time.column)
    bounded = all(relation.bounded for relation in relations)
    return Relation(view.name, seen, schema, keys, view.timestamp_field, bounded)


def _declared(node: Ref, schema: Schema) -> Node:
    """Return the rows with each column in its type; one that is made of others has it already."""
    columns = [(name, _cast(Column(name, dtype))) for name, dtype in schema]
    if node.time is not None:
        columns.append((node.time, Column(node.time, Instant)))
    says = "The columns in the types that are declared."
    return Select(node, tuple(columns), node.time, Step("declared", says))


def _cast(column: Column) -> Expr:
    nested = isinstance(column.type, ArrayType | MapType | StructType)
    return column if nested else Call("CAST", (column,), column.type)


def _timed(node: Node, name: str, expr: Expr) -> Node:
    node = Derive(node, ((name, expr),), Step("in_time", "Each row, with its event time."))
    known = Call("IS NOT NULL", (Column(name, Instant),), Boolean)
    return Filter(node, known, Step("readable", "The rows whose event time can be read."))


def _texts(view: SqlFeatureView, scope: Scope) -> dict[str | None, WrittenSelect]:
    """Return the texts of a view by dialect; note those that are no SELECT."""
    given = view.sql if isinstance(view.sql, Mapping) else {None: view.sql}
    found: dict[str | None, WrittenSelect] = {}
    for dialect, text in given.items():
        try:
            found[dialect] = read_select(text)
        except ExpressionError as error:
            of = "" if dialect is None else f" (that of {dialect})"
            scope.fault(view.name, None, error.fault.replace("its sql", f"its sql{of}"), error.allowed)
    return found


def _read(
    view: SqlFeatureView, texts: Mapping[str | None, WrittenSelect], scope: Scope
) -> dict[str, Table]:
    """Return the tables that the texts name; note names of none."""
    known = {**scope.known, **named_tables(view)}
    names = dict.fromkeys(name for text in texts.values() for name in text.tables)
    for name in names:
        if name not in known:
            near = nearest(name, known)
            hint = f"Did you mean {near!r}?" if near else "Name it in tables=."
            scope.fault(view.name, None, f"its sql reads {name!r}, and there is no such table.", hint)
    return {name: known[name] for name in names if name in known}


def _keeps_time(text: WrittenSelect, view: SqlFeatureView, read: Mapping[str, Table]) -> bool:
    """Whether the rows are rows of one table, and the view's time is that table's, read the same way."""
    if view.timestamp_field is None or len(text.tables) != 1:
        return False
    time = (view.timestamp_field, view.timestamp_format)
    return (
        text.with_column("t", view.timestamp_field) is not None and _time_of(read[text.tables[0]]) == time
    )


def _time_of(table: Table) -> tuple[str | None, str | None] | None:
    """Return the column and the format that give the event time of a table to the millisecond."""
    if isinstance(table, Source | SqlFeatureView):
        return table.timestamp_field, table.timestamp_format
    if isinstance(table, SlidingFeatureView):
        whole = table.timestamp_format not in (None, "epoch_millis")
        return None if whole else (table.timestamp_field, table.timestamp_format)
    if not isinstance(table, DerivedFeatureView):
        return None
    time = _time_of(table.source)
    names = [feature.name if isinstance(feature, Feature) else None for feature in features_in(table)]
    return None if time is None or time[0] in names else time
