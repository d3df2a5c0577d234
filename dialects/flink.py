"""Flink SQL, in streaming mode."""

from __future__ import annotations

from sqlfeat.dialects import flink_time as time
from sqlfeat.dialects.base import Access, Dialect, Options, Setting
from sqlfeat.dialects.binding import TEST, Sql
from sqlfeat.dialects.constants import amount_of
from sqlfeat.dialects.flink_advice import advises
from sqlfeat.dialects.flink_aggregates import FLINK_AGGREGATES
from sqlfeat.dialects.flink_calendar import FLINK_CALENDAR, timestamp
from sqlfeat.dialects.flink_casts import FLINK_CASTS
from sqlfeat.dialects.flink_collections import FLINK_COLLECTIONS
from sqlfeat.dialects.flink_conditions import FLINK_CONDITIONS
from sqlfeat.dialects.flink_division import FLINK_DIVISION
from sqlfeat.dialects.flink_intervals import interval, window_interval
from sqlfeat.dialects.flink_limits import refuses
from sqlfeat.dialects.flink_numbers import FLINK_NUMBERS
from sqlfeat.dialects.flink_rewrites import FLINK_REWRITES
from sqlfeat.dialects.flink_text import FLINK_TEXT
from sqlfeat.dialects.flink_windows import FLINK_WINDOWS
from sqlfeat.dialects.names import HELD_NEWLINE, backticked, escaped, on_one_line
from sqlfeat.expr.nodes import Call
from sqlfeat.plan.connectors import Connector, Files, KafkaTopic, Nowhere, RowNumbers, StandardOutput
from sqlfeat.plan.slide import DAY_MS
from sqlfeat.plan.tables import ANY_ORDER, Plan, SourceTable
from sqlfeat.types import ArrayType, DataType, MapType, StructType


def type_name(dtype: DataType) -> str:
    """Return Flink's name of a type. An instant is TIMESTAMP_LTZ, to the millisecond."""
    return flink_type(dtype, instant="TIMESTAMP_LTZ(3)")


def flink_type(dtype: DataType, instant: str) -> str:
    """Return Flink's name of a type, with event times held as `instant`."""
    if isinstance(dtype, ArrayType):
        return f"ARRAY<{flink_type(dtype.element, instant)}>"
    if isinstance(dtype, MapType):
        return f"MAP<{flink_type(dtype.key, instant)}, {flink_type(dtype.value, instant)}>"
    if isinstance(dtype, StructType):
        inner = (f"{stored(name)} {flink_type(field, instant)}" for name, field in dtype.fields)
        return f"ROW<{', '.join(inner)}>"
    return {"TIMESTAMP": "TIMESTAMP_LTZ(3)", "INSTANT": instant}.get(str(dtype), str(dtype))


def quoted(name: str) -> str:
    """Return a name for SQL. In backticks Flink takes everything but a line break, and it writes the
    text of a view anew with backticks.
    """
    return backticked(on_one_line(name))


def stored(name: str) -> str:
    """Return the name of a stored field, with its line breaks as they are."""
    return escaped(name) if "\n" in name else backticked(name)


def text(value: str) -> str:
    """Return a text literal: a quote is doubled, everything else stands for itself."""
    return "'" + value.replace("'", "''").replace("\n", HELD_NEWLINE) + "'"


def _plus(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    amount = amount_of(call)
    return f"{args[0]} {'+' if amount >= 0 else '-'} {interval(abs(amount))}"


def _watermark(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Stay a millisecond further behind than the rows may be late: Flink drops a row whose time equals
    the watermark, and with it rows that share a time.
    """
    if amount_of(call) == ANY_ORDER:
        return f"{args[0]} - INTERVAL '1000' YEAR(4)"
    return f"{args[0]} - {interval(amount_of(call) + 1)}"


def _plus_days(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Add days by the calendar: on the wall clock of the session's zone."""
    days = interval(amount_of(call) * DAY_MS)
    return f"CAST(CAST({args[0]} AS TIMESTAMP(3)) + {days} AS TIMESTAMP_LTZ(3))"


def _in_last_of_window(dialect: Dialect, call: Call, args: tuple[str, ...]) -> Sql:
    return Sql(f"CAST({args[0]} AS TIMESTAMP(3)) >= window_end - {interval(amount_of(call))}", TEST)


FASTEST = 1_000_000_000

STARTUP = {"earliest": "earliest-offset", "latest": "latest-offset"}


def reads(connector: Connector, source: SourceTable) -> Access:
    """Return how a source is read."""
    if isinstance(connector, Files):
        return Access(_file_options(connector), says=f"{connector.data_format} files.")
    if isinstance(connector, RowNumbers):
        return Access(_counting_options(connector, source.columns.names[0]), says="numbers of rows.")
    assert isinstance(connector, KafkaTopic)
    group, idle = connector.consumer_group, source.time and source.time.idle_ms
    options = (
        *_topic_options(connector),
        ("scan.startup.mode", STARTUP[connector.startup_mode]),
        *((("scan.bounded.mode", "latest-offset"),) if source.bounded else ()),
        *((("properties.group.id", group),) if group is not None else ()),
        *((("scan.watermark.idle-timeout", f"{idle} ms"),) if idle is not None else ()),
    )
    return Access(options, says=f"the records of a Kafka topic, {connector.value_format}.")


def _counting_options(connector: RowNumbers, column: str) -> Options:
    assert connector.count is not None
    return (
        ("connector", "datagen"),
        ("rows-per-second", str(connector.per_second or FASTEST)),
        (f"fields.{column}.kind", "sequence"),
        (f"fields.{column}.start", "0"),
        (f"fields.{column}.end", str(connector.count - 1)),
    )


def _file_options(connector: Files) -> Options:
    return (
        ("connector", "filesystem"),
        ("path", connector.path),
        ("format", connector.data_format),
        *_format_options(connector.data_format),
    )


def _topic_options(connector: KafkaTopic) -> Options:
    return (
        ("connector", "kafka"),
        ("topic", connector.topic),
        ("properties.bootstrap.servers", connector.servers),
        ("format", connector.value_format),
        *_format_options(connector.value_format),
    )


def _format_options(data_format: str) -> Options:
    options: dict[str, Options] = {
        "json": (("json.timestamp-format.standard", "ISO-8601"),),
        "csv": (("csv.null-literal", ""),),
        "parquet": (("parquet.utc-timezone", "true"),),
    }
    return options.get(data_format, ())


def writes(connector: Connector) -> Access:
    """Return how an output is written."""
    if isinstance(connector, KafkaTopic):
        return Access(_topic_options(connector))
    if isinstance(connector, StandardOutput):
        return Access((("connector", "print"),))
    if isinstance(connector, Nowhere):
        return Access((("connector", "blackhole"),))
    assert isinstance(connector, Files)
    return Access(_file_options(connector))


def settings(plan: Plan) -> tuple[Setting, ...]:
    """Return what the session is set to."""
    bounded = all(source.bounded for source in plan.sources)
    returned = any(output.connector is None for output in plan.outputs)
    chosen = [
        Setting("execution.runtime-mode", "streaming", "The statements of production, for files too."),
        Setting("table.local-time-zone", plan.timezone, "Text without an offset is read in this zone."),
    ]
    if returned:
        chosen.append(
            Setting("sql-client.execution.result-mode", "tableau", "Rows are printed as they come.")
        )
    elif bounded:
        chosen.append(Setting("table.dml-sync", "true", "The client waits until all rows are written."))
    return tuple(chosen)


FLINK = Dialect(
    name="flink",
    templates=("flink", "common"),
    says="Flink SQL, in streaming mode",
    type_name=type_name,
    quote=quoted,
    quote_stored=stored,
    text=text,
    interval=interval,
    window_interval=window_interval,
    null=lambda name: f"CAST(NULL AS {name})",
    timestamp=timestamp,
    functions={
        **FLINK_CONDITIONS,
        **FLINK_CALENDAR,
        **FLINK_CASTS,
        **FLINK_COLLECTIONS,
        **FLINK_WINDOWS,
        **FLINK_NUMBERS,
        **FLINK_DIVISION,
        **FLINK_TEXT,
        "PLUS": _plus,
        "PLUS_DAYS": _plus_days,
        "WATERMARK": _watermark,
        "IN_LAST_OF_WINDOW": _in_last_of_window,
        "IN_LAST_DAYS_OF_WINDOW": _in_last_of_window,
        "OR_FAIL": time.or_fail,
        "OR_FAIL_AFTER_EPOCH": time.or_fail_after_epoch,
        "OR_LONG_AGO": time.or_long_ago,
        "OR_LONG_AGO_AFTER_EPOCH": time.or_long_ago_after_epoch,
        "IS_READABLE": "{0} > " + time.STILL_LONG_AGO,
        "IS_READABLE_IN_UTC": "{0} > " + time.STILL_LONG_AGO_IN_UTC,
        "INSTANT": "TO_TIMESTAMP_LTZ({0}, 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC')",
        "UTC_TIME": "TIMESTAMP {0}",
        "TIMESTAMP_OF_INSTANT": "CAST({0} AS TIMESTAMP_LTZ(3))",
        "TIMESTAMP_OF_MILLIS": "TO_TIMESTAMP_LTZ({0}, 3)",
        "MILLIS_OF_TIMESTAMP": time.millis_of_timestamp,
        "TEXT_OF_INSTANT": time.text_of_instant,
        "UTC_OF_INSTANT": time.utc_of_instant,
        "INSTANT_OF_UTC": time.instant_of_utc,
        "STAMPED": time.stamped,
        "STAMPED_UTC": time.stamped,
        "UNSTAMPED": time.unstamped,
        "NUMBER_OF_INSTANT": time.number_of_instant,
        "NUMBER_OF_UTC": time.number_of_instant,
    },
    aggregates=FLINK_AGGREGATES,
    rewrites=FLINK_REWRITES,
    refuses=refuses,
    settings=settings,
    reads=reads,
    writes=writes,
    declares_sinks=True,
    one_job=True,
    engine="sqlfeat.run.table_environment:FlinkEngine",
    extra="flink",
    recognized_by="pyflink",
    address_option="--flink",
    address_help="Address of a cluster's REST interface, host:port; in this process unless given.",
    advises=advises,
)
