"""Targets to a whole plan: the entry of the compiler."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from os import fspath
from pathlib import PurePath

from sqlfeat.compiler.derived import compile_derived
from sqlfeat.compiler.generated import compile_generated
from sqlfeat.compiler.python_functions import called_in
from sqlfeat.compiler.reach import column_names, is_named, reachable
from sqlfeat.compiler.scope import Relation, Scope, fresh
from sqlfeat.compiler.selecting import select_rows
from sqlfeat.compiler.shapes import called, check_shape
from sqlfeat.compiler.sliding import compile_sliding
from sqlfeat.compiler.sources import (
    CHOICES,
    Choice,
    check_choices,
    check_format,
    compile_source,
    resolve_path,
)
from sqlfeat.compiler.written import compile_written
from sqlfeat.dsl.selection import Selection
from sqlfeat.dsl.sinks import BlackHoleSink, FileSystemSink, KafkaSink, PrintSink, Sink
from sqlfeat.dsl.sources import DataGenSource, Source
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.views import (
    DerivedFeatureView,
    FeatureView,
    Materialization,
    SlidingFeatureView,
    SqlFeatureView,
)
from sqlfeat.errors import DefinitionError, too_deep_is_said
from sqlfeat.plan.connectors import Connector, Files, KafkaTopic, Nowhere, StandardOutput
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.tables import Output, Plan, ViewTable
from sqlfeat.plan.walk import nodes_of
from sqlfeat.settings import Settings
from sqlfeat.types import Schema

Target = Table | Materialization
EVERYTHING = Selection()

CHOICES[FileSystemSink] = (Choice("data_format", ("json", "csv", "parquet")),)
CHOICES[KafkaSink] = (Choice("value_format", ("json",)),)


@too_deep_is_said()
def compile_plan(
    targets: Target | Sequence[Target],
    settings: Settings,
    tables: Iterable[Table] = (),
    selection: Selection = EVERYTHING,
) -> Plan:
    """Return the plan of a view, or of one or several materializations.

    `tables` are what features may name by text, `selection` which rows of each target are asked for.
    Raises DefinitionError with every mistake.
    """
    is_list = isinstance(targets, Sequence) and not isinstance(targets, str)
    wanted: list[Target] = list(targets) if is_list else [targets]  # type: ignore[arg-type, list-item]
    read = [target.view if isinstance(target, Materialization) else target for target in wanted]
    given = [table for table in tables if is_named(table)]
    known = {table.name: table for table in given}
    scope = Scope(settings, _event_time_name(read, known), known, _names(read, known))
    if not wanted:
        scope.fault("the target", None, "there is nothing in it.", "Give a view or a materialization.")
    _check_names(read, scope)
    _check_known(given, scope)
    _check_outputs(wanted, scope)
    outputs = [_output(target, selection, scope) for target in wanted]
    if scope.problems:
        raise DefinitionError(scope.problems)
    made = tuple(output for output in outputs if output is not None)
    views = _read_views(scope.views, made)
    functions = called_in(views, scope)
    _check_folders(made, scope)
    return Plan(tuple(scope.sources), views, made, settings.timezone, functions)


def _read_views(views: list[ViewTable], outputs: tuple[Output, ...]) -> tuple[ViewTable, ...]:
    """Return the views that an output reads, itself or through others."""
    wanted = {output.table for output in outputs}
    for view in reversed(views):
        if view.name in wanted:
            wanted.update(node.name for node in nodes_of(view.node) if isinstance(node, Ref))
    return tuple(view for view in views if view.name in wanted)


def _names(read: list[Table], known: dict[str, Table]) -> frozenset[str]:
    tables = [table for table in read if isinstance(table, Table)]
    return frozenset(str(table.name) for table in reachable(tables, known))


def _event_time_name(read: list[Table], known: dict[str, Table]) -> str:
    tables = [table for table in read if isinstance(table, Table)]
    taken = [name.rpartition(".")[2] for name in column_names(reachable(tables, known))]
    return fresh("event_time", taken)


def _check_names(read: list[Table], scope: Scope) -> None:
    """Note tables of one name: the text of a script could not tell them apart."""
    seen: dict[str, Table] = {}
    for table in reachable([table for table in read if isinstance(table, Table)], scope.known):
        other = seen.setdefault(str(table.name).casefold(), table)
        if other is not table:
            scope.fault(str(table.name), None, "two tables have this name.", "Rename one.")


def _check_known(tables: list[Table], scope: Scope) -> None:
    """Note tables of one name among those that may be named by text."""
    seen: dict[str, Table] = {}
    for table in tables:
        if seen.setdefault(table.name, table) is not table:
            fault = "two tables that may be named by text have this name."
            scope.fault(table.name, None, fault, "Rename one.")


def _check_outputs(wanted: list[Target], scope: Scope) -> None:
    """Note outputs of one name, and views beside materializations: a script returns or writes."""
    names = [str(target.name).casefold() for target in wanted if isinstance(target, Target)]
    for target in wanted:
        if isinstance(target, Target) and names.count(str(target.name).casefold()) > 1:
            scope.fault(str(target.name), None, "it is asked for twice.", "Names are unique.")


def _check_folders(outputs: tuple[Output, ...], scope: Scope) -> None:
    """Refuse a folder that is written twice, or written and read: one run would undo the other.

    Raises DefinitionError.
    """
    taken = {PurePath(source.connector.path): f"the source {source.name} reads"
             for source in scope.sources if isinstance(source.connector, Files)}  # fmt: skip
    for output in outputs:
        if isinstance(output.connector, Files):
            path = PurePath(output.connector.path)
            if path in taken:
                fault = f"it writes to {output.connector.path!r}, which {taken[path]}."
                scope.fault(output.name, None, fault, "Take a folder of its own.")
            taken.setdefault(path, f"{output.name} writes to")
    if scope.problems:
        raise DefinitionError(scope.problems)


def _output(target: Target, selection: Selection, scope: Scope) -> Output | None:
    if isinstance(target, Materialization):
        relation = compile_table(target.view, scope, ())
        if not check_shape(target, called(target), None, scope):
            return None
        if not check_shape(target.sink, target.name, None, scope):
            return None
        check_choices(target.sink, target.name, scope)
        connector = _sink_connector(target.sink, target.name, scope)
        if relation is None or connector is None:
            return None
        relation = select_rows(relation, selection, scope)
        check_format(relation.visible, getattr(target.sink, "data_format", ""), target.name, scope)
        return Output(target.name, relation.name, relation.visible, connector)
    if not isinstance(target, Table):
        scope.fault(repr(target), None, "it is neither a view nor a materialization.", "Give one.")
        return None
    relation = compile_table(target, scope, ())
    if relation is None:
        return None
    chosen = select_rows(relation, selection, scope)
    return Output(relation.name, chosen.name, Schema(chosen.visible.columns), None)


def compile_table(table: Table, scope: Scope, above: tuple[Table, ...]) -> Relation | None:
    """Return a table compiled, once; None, with the mistake noted, where it cannot be.

    `above` are the views that are being compiled and read it.
    """
    if id(table) in scope.relations:
        return scope.relations[id(table)]
    if any(table is view for view in above):
        names = " reads ".join(view.name for view in (*above[above.index(table) :], table))
        scope.fault(table.name, None, f"the views go round in a circle: {names}.", "Leave one out.")
        return None
    problems = len(scope.problems)
    good = check_shape(table, called(table), None, scope)
    relation = _compile(table, scope, above) if good else None
    if relation is not None:
        relation = replace(relation, faulty=len(scope.problems) > problems)
        scope.relations[id(table)] = relation
    return relation


def _compile(table: Table, scope: Scope, above: tuple[Table, ...]) -> Relation | None:
    if isinstance(table, DataGenSource):
        return compile_generated(table, scope)
    if isinstance(table, Source):
        return compile_source(table, scope)
    if isinstance(table, SqlFeatureView):
        return compile_written(table, scope, lambda read: compile_table(read, scope, (*above, table)))
    if not isinstance(table, FeatureView) or not isinstance(table.source, Table):
        name = getattr(table, "name", repr(table))
        fault = "its source is neither a source nor a view."
        if not isinstance(table, FeatureView):
            fault = f"{type(table).__name__} is neither a source nor a view."
        scope.fault(str(name), None, fault, "Give the source or the view itself.")
        return None
    source = compile_table(table.source, scope, (*above, table))
    if source is None:
        return None
    if isinstance(table, DerivedFeatureView):
        return compile_derived(
            table, source, scope, lambda joined: compile_table(joined, scope, (*above, table))
        )
    assert isinstance(table, SlidingFeatureView)
    return compile_sliding(table, source, scope)


def _sink_connector(sink: Sink, name: str, scope: Scope) -> Connector | None:
    if isinstance(sink, FileSystemSink):
        return Files(resolve_path(fspath(sink.path), scope), sink.data_format)
    if isinstance(sink, KafkaSink):
        return KafkaTopic(sink.bootstrap_server, sink.topic, sink.value_format)
    if isinstance(sink, PrintSink):
        return StandardOutput()
    if isinstance(sink, BlackHoleSink):
        return Nowhere()
    sinks = "Sinks: FileSystemSink, KafkaSink, PrintSink, BlackHoleSink."
    scope.fault(name, None, f"{sink!r} is not a sink.", sinks)
    return None
