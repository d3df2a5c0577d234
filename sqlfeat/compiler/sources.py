"""Sources to plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import fspath
from pathlib import PurePath

from sqlfeat.compiler.scope import Relation, Scope
from sqlfeat.dsl.sources import FileSystemSource, KafkaSource, Source
from sqlfeat.dsl.views import SqlFeatureView
from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.expr.time_formats import EPOCH_FORMATS, split_format
from sqlfeat.plan.connectors import Connector, Files, KafkaTopic
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.tables import EventTime, SourceTable
from sqlfeat.types import (
    Bytes,
    DataType,
    Instant,
    Interval,
    Schema,
    String,
    Timestamp,
    Unknown,
    is_integer,
    is_nested,
    is_type,
)
from sqlfeat.words import is_clean, milliseconds


@dataclass(frozen=True)
class Choice:
    """A field of a definition that takes one of a few words."""

    field: str
    words: tuple[str, ...]


CHOICES: dict[type, tuple[Choice, ...]] = {
    Source: (Choice("on_bad_timestamp", ("fail", "drop")),),
    FileSystemSource: (Choice("data_format", ("json", "csv", "parquet")),),
    KafkaSource: (
        Choice("value_format", ("json",)),
        Choice("startup_mode", ("earliest", "latest")),
    ),
}


NAME_THE_TIME = "Name the column that holds the event time: timestamp_field=."


Declared = Source | SqlFeatureView
"""What names its columns, and its time among them."""


def compile_source(source: Source, scope: Scope) -> Relation:
    """Add the source to the scope, and return what its readers see of it."""
    check_choices(source, source.name, scope)
    schema = schema_of(source, scope)
    keys = keys_of(source, schema, scope)
    bounded = isinstance(source, FileSystemSource) or (isinstance(source, KafkaSource) and source.bounded)
    time = event_time_of(source, schema, bounded, scope)
    connector = source_connector(source, scope)
    check_format(schema, getattr(source, "data_format", ""), source.name, scope)
    if connector is not None:
        scope.sources.append(SourceTable(source.name, schema, time, connector, bounded))
    columns = schema if time is None else schema.extend(((time.column, Instant),))
    ref = Ref(source.name, columns, None if time is None else time.column)
    return Relation(source.name, ref, schema, keys, source.timestamp_field, bounded)


def check_choices(definition: object, name: str, scope: Scope) -> None:
    """Note each field of a definition that holds none of the words it may hold."""
    for kind, choices in CHOICES.items():
        for choice in choices if isinstance(definition, kind) else ():
            value = getattr(definition, choice.field)
            if not (isinstance(value, str) and value in choice.words):
                near = nearest(str(value), choice.words)
                hint = f" Did you mean {near!r}?" if near else ""
                allowed = "It is one of " + ", ".join(map(repr, choice.words)) + "." + hint
                scope.fault(name, None, f"{choice.field} cannot be {value!r}.", allowed)


def schema_of(source: Declared, scope: Scope) -> Schema:
    """Return the columns of a table; note names and types that are none."""
    columns: list[tuple[str, DataType]] = []
    for name, dtype in dict(source.schema).items():
        if not is_clean(name):
            scope.fault(
                source.name,
                None,
                f"a column cannot be called {name!r}.",
                "A name is text, not empty, without control characters.",
            )
        elif not is_type(dtype):
            columns.append((name, Unknown))
            scope.fault(
                source.name,
                None,
                f"the column {name!r} has no type: {dtype!r}.",
                "Types are those of sqlfeat, such as sqlfeat.Int64.",
            )
        else:
            columns.append((name, dtype))
    check_case((name for name, _ in columns), source.name, scope)
    return Schema(tuple(columns))


def check_case(names: Iterable[str], table: str, scope: Scope) -> None:
    """Note names that differ in case alone: engines that fold case would take them for one."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            scope.fault(
                table,
                None,
                f"the columns {other!r} and {name!r} differ in case alone.",
                "Rename one.",
            )


def keys_of(source: Declared, schema: Schema, scope: Scope) -> tuple[str, ...]:
    """Return the keys of a table; note those that are no columns."""
    keys = (source.keys,) if isinstance(source.keys, str) else tuple(source.keys or ())
    for key in keys:
        require_column(key, schema, source.name, None, "the key", scope)
    return tuple(key for key in keys if key in schema)


def require_column(
    name: str, schema: Schema, table: str, feature: str | None, role: str, scope: Scope
) -> bool:
    """Whether the schema has the column; note it as a mistake if not, with the nearest name."""
    if name in schema:
        return True
    near = nearest(str(name), schema.names)
    hint = f"Did you mean {near!r}?" if near else f"There are: {', '.join(schema.names)}."
    scope.fault(table, feature, f"{role} {name!r} is not a column.", hint)
    return False


def check_format(schema: Schema, data_format: str, table: str, scope: Scope) -> None:
    """Note columns that a format has no text for."""
    if str(data_format) == "csv" and len(schema.names) == 1:
        fault = "it has one column: in CSV a NULL alone is an empty line, which is no row."
        scope.fault(table, None, fault, "Take JSON or Parquet, or a second column.")
    for name, dtype in schema if str(data_format) == "csv" else ():
        if is_nested(dtype) or dtype == Bytes:
            fault = f"the column {name!r} is {dtype}, for which CSV has no text."
            scope.fault(table, None, fault, "Take JSON or Parquet, or a column for each of its elements.")


def event_time_of(source: Declared, schema: Schema, bounded: bool, scope: Scope) -> EventTime | None:
    """Return how the event time of a table is read; None where it has none."""
    field = source.timestamp_field
    late, silent = getattr(source, "max_out_of_orderness", None), getattr(source, "idle_timeout", None)
    delay = duration_of(late, source.name, "max_out_of_orderness", scope)
    idle = duration_of(silent, source.name, "idle_timeout", scope)
    if field is None:
        if source.timestamp_format is not None:
            fault = f"the timestamp_format {source.timestamp_format!r} is of no column."
            scope.fault(source.name, None, fault, NAME_THE_TIME)
        return None
    known = require_column(field, schema, source.name, None, "the timestamp_field", scope)
    expr: Expr = Column(field, Timestamp)
    try:
        if known and schema[field] != Unknown:
            expr = _guarded(_instant(source, field, schema[field]), source, field, schema[field])
    except ExpressionError as error:
        scope.caught(source.name, None, error)
    if delay is None and not bounded:
        delay = 0
    return EventTime(scope.event_time, expr, delay, idle, _drops(source))


def duration_of(
    value: object, table: str, field: str, scope: Scope, feature: str | None = None
) -> int | None:
    """Return a duration in milliseconds, None for None; note one that cannot be read."""
    if value is None:
        return None
    try:
        return milliseconds(value)  # type: ignore[arg-type]
    except ExpressionError as error:
        scope.fault(table, feature, f"{field}: {error.fault}", error.allowed)
        return None


def required_duration(
    value: object, table: str, field: str, scope: Scope, feature: str | None = None
) -> int | None:
    """Return a duration in milliseconds; note one that is not there, or that cannot be read."""
    if value is None:
        scope.fault(table, feature, f"there is no {field}.", 'Write one, such as "2 minutes".')
    return duration_of(value, table, field, scope, feature)


def _drops(source: Declared) -> bool:
    """Whether rows whose time cannot be read are left out."""
    return isinstance(source, Source) and str(source.on_bad_timestamp) == "drop"


def _instant(source: Declared, field: str, dtype: DataType) -> Expr:
    """Return the expression of a row's event time: milliseconds, NULL where it cannot be read."""
    column, time_format = Column(field, dtype), source.timestamp_format
    if dtype == Timestamp and time_format is None:
        return Call("INSTANT_OF_TIMESTAMP", (column,), Instant)
    if is_integer(dtype) and time_format in EPOCH_FORMATS:
        unit = Literal(EPOCH_FORMATS[time_format], Interval)
        return Call("INSTANT_OF_NUMBER", (column, unit), Instant)
    if dtype == String and time_format is not None and time_format not in EPOCH_FORMATS:
        split_format(time_format)
        return Call("INSTANT_OF_TEXT", (column, Literal(time_format, String)), Instant)
    raise ExpressionError(
        f"the timestamp_field {field!r} is {dtype}, its timestamp_format {time_format!r}.",
        "A TIMESTAMP has none; INT and BIGINT take 'epoch' (seconds) or 'epoch_millis'; STRING takes "
        "strptime codes, such as '%Y-%m-%d %H:%M:%S'.",
    )


def _guarded(instant: Expr, source: Declared, field: str, dtype: DataType) -> Expr:
    """Return an instant that stops the run, or that is left out later, where it cannot be read."""
    kind = "source" if isinstance(source, Source) else "view"
    message = f"{kind} {source.name}, column {field}: cannot use the timestamp "
    wrapper = "OR_LONG_AGO" if _drops(source) else "OR_FAIL"
    return Call(wrapper, (instant, Column(field, dtype), Literal(message, String)), Instant)


def source_connector(source: Source, scope: Scope) -> Connector | None:
    """Return where the rows of a source come from."""
    if isinstance(source, FileSystemSource):
        last = PurePath(fspath(source.path)).name
        if last.startswith(("_", ".")) and last != "..":
            fault = f"engines leave out a file or folder whose name starts like {last!r}."
            scope.fault(source.name, None, fault, "Rename it: no underscore and no point in front.")
        return Files(resolve_path(fspath(source.path), scope), source.data_format)
    if isinstance(source, KafkaSource):
        return KafkaTopic(
            source.bootstrap_server,
            source.topic,
            source.value_format,
            source.startup_mode,
            source.consumer_group,
            source.bounded,
        )
    scope.fault(source.name, None, f"{type(source).__name__} is not a source that can be read.")
    return None


def resolve_path(path: str, scope: Scope) -> str:
    """Return a relative path against the project's root, if it has one; others as they stand."""
    is_local = "://" not in path and not PurePath(path).is_absolute()
    return str(PurePath(scope.settings.root) / path) if is_local and scope.settings.root else path
