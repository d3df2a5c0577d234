"""Spark SQL, in batch."""

from __future__ import annotations

from collections.abc import Iterable

from sqlfeat.dialects.base import Access, Dialect, Options, Setting
from sqlfeat.dialects.binding import TEST, Sql
from sqlfeat.dialects.constants import amount_of
from sqlfeat.dialects.endless_rows import endless_rows
from sqlfeat.dialects.file_paths import problems_of_paths, without_patterns
from sqlfeat.dialects.java_time import FIRST_MS, LAST_MS
from sqlfeat.dialects.names import backticked
from sqlfeat.dialects.own_selects import unwritten
from sqlfeat.dialects.spark_aggregates import SPARK_AGGREGATES
from sqlfeat.dialects.spark_calendar import SPARK_CALENDAR, instant_of_text, shown, timestamp
from sqlfeat.dialects.spark_casts import SPARK_CASTS
from sqlfeat.dialects.spark_collections import SPARK_COLLECTIONS
from sqlfeat.dialects.spark_numbers import SPARK_NUMBERS
from sqlfeat.dialects.spark_rewrites import SPARK_REWRITES
from sqlfeat.dialects.spark_text import SPARK_TEXT
from sqlfeat.dialects.spark_windows import SPARK_WINDOWS
from sqlfeat.dialects.uncompared import uncompared_values
from sqlfeat.errors import Problem
from sqlfeat.expr.nodes import Call, Literal
from sqlfeat.plan.connectors import Connector, Files, KafkaTopic, Nowhere, RowNumbers
from sqlfeat.plan.slide import DAY_MS
from sqlfeat.plan.tables import Plan, SourceTable
from sqlfeat.types import ArrayType, DataType, MapType, StructType, holds_instant

ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\0": "\\0"}
"""Characters of a literal that Spark reads as something else."""


def type_name(dtype: DataType) -> str:
    """Return Spark's name of a type."""
    if isinstance(dtype, ArrayType):
        return f"ARRAY<{type_name(dtype.element)}>"
    if isinstance(dtype, MapType):
        return f"MAP<{type_name(dtype.key)}, {type_name(dtype.value)}>"
    if isinstance(dtype, StructType):
        inner = (f"{backticked(name)}: {type_name(field)}" for name, field in dtype.fields)
        return f"STRUCT<{', '.join(inner)}>"
    return {"BYTES": "BINARY", "INSTANT": "TIMESTAMP"}.get(str(dtype), str(dtype))


def text(value: str) -> str:
    """Return a text literal. Spark reads backslashes in it, and `${…}` as a variable."""
    escaped = "".join(ESCAPES.get(character, character) for character in value)
    return "'" + escaped.replace("${", "\\u0024{") + "'"


def interval(span_ms: int) -> str:
    """Return an interval literal in the largest unit that it is a whole number of."""
    for unit, size in (("HOUR", 3_600_000), ("MINUTE", 60_000), ("SECOND", 1_000)):
        if span_ms % size == 0 and span_ms:
            return f"INTERVAL '{span_ms // size}' {unit}"
    sign, span_ms = ("-", -span_ms) if span_ms < 0 else ("", span_ms)
    return f"INTERVAL '{sign}{span_ms // 1_000}.{span_ms % 1_000:03d}' SECOND"


def _plus(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Add milliseconds to an instant. Spark adds a day by the calendar, so that long spans are added
    to the milliseconds since the epoch.
    """
    amount = amount_of(call)
    if abs(amount) >= DAY_MS:
        sign = "+" if amount >= 0 else "-"
        return f"timestamp_millis(unix_millis({args[0]}) {sign} {abs(amount)})"
    return f"{args[0]} {'+' if amount >= 0 else '-'} {interval(abs(amount))}"


def _plus_days(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    return f"{args[0]} + INTERVAL '{amount_of(call)}' DAY"


def _in_last_days(dialect: Dialect, call: Call, args: tuple[str, ...]) -> Sql:
    return Sql(f"CAST({args[0]} AS DATE) >= CAST({args[1]} AS DATE) - {amount_of(call)}", TEST)


def _next_window_day(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the first day after that of an instant which is a multiple of the step since 1970."""
    day, step = f"CAST({args[0]} AS DATE)", amount_of(call)
    return f"{day} + 1" if step == 1 else f"{day} + ({step} - pmod(unix_date({day}), {step}))"


def _instant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    moment = call.args[0]
    assert isinstance(moment, Literal)
    return f"TIMESTAMP {text(f'{moment.value} UTC')}"


def _instant_of_number(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    unit = amount_of(call)
    name = "timestamp_seconds" if unit == 1_000 else "timestamp_millis"
    least, most = FIRST_MS // unit, LAST_MS // unit
    return f"CASE WHEN {args[0]} BETWEEN {least} AND {most} THEN {name}({args[0]}) END"


def _number_of_instant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    name = "unix_seconds" if amount_of(call) == 1_000 else "unix_millis"
    return f"{name}({args[0]})"


READ_OPTIONS: dict[str, Options] = {
    "json": (("mode", "FAILFAST"),),
    "csv": (("mode", "FAILFAST"), ("multiLine", "true"), ("escape", '"')),
    "parquet": (),
}
"""A record that does not fit stops the run. In CSV a quote is doubled, and a text may have lines."""

IN_UTC: Options = (("timeZone", "UTC"),)
"""Instants in text are in UTC, whatever the session's zone."""

WRITE_OPTIONS: dict[str, Options] = {
    "json": (("ignoreNullFields", "false"), *IN_UTC),
    "csv": (
        ("escape", '"'),
        ("ignoreLeadingWhiteSpace", "false"),
        ("ignoreTrailingWhiteSpace", "false"),
        ("timestampFormat", "yyyy-MM-dd HH:mm:ss.SSSX"),
        *IN_UTC,
    ),
    "parquet": (),
}


def reads(connector: Connector, source: SourceTable) -> Access:
    """Return how a source is read: a record that does not fit the schema stops the run."""
    if isinstance(connector, Files):
        options = (
            ("path", without_patterns(connector.path)),
            *READ_OPTIONS[connector.data_format],
            *(IN_UTC if any(holds_instant(dtype) for _, dtype in source.columns) else ()),
        )
        return Access(options, connector.data_format, says=f"{connector.data_format} files.")
    if isinstance(connector, RowNumbers):
        return Access((), template="row_numbers", says="numbers of rows.")
    assert isinstance(connector, KafkaTopic)
    options = (
        ("kafka.bootstrap.servers", connector.servers),
        ("subscribe", connector.topic),
        ("startingOffsets", connector.startup_mode),
        ("endingOffsets", "latest"),
    )
    return Access(options, "kafka", says="the records of a Kafka topic.")


def writes(connector: Connector) -> Access:
    """Return how an output is written."""
    if isinstance(connector, Files):
        data_format = connector.data_format
        return Access(WRITE_OPTIONS[data_format], data_format, connector.path)
    return Access((), insert="count" if isinstance(connector, Nowhere) else "select")


def refuses(plan: Plan) -> Iterable[Problem]:
    """Yield what Spark cannot do."""
    yield from unwritten(plan, "spark")
    yield from endless_rows(plan)
    yield from uncompared_values(plan)
    yield from problems_of_paths(
        plan, ":", "Hadoop, which reads and writes the files, takes it for a scheme's."
    )
    for source in plan.sources:
        if isinstance(source.connector, KafkaTopic):
            yield Problem(
                source.name,
                None,
                "a KafkaSource cannot be read in batch yet.",
                "Define the view over files (FileSystemSource), or render it for a streaming engine.",
            )
    for output in plan.outputs:
        if isinstance(output.connector, KafkaTopic):
            yield Problem(
                output.name,
                None,
                "Spark's SQL has no statement that writes to a topic.",
                "Write to files (FileSystemSink), or render this materialization for a streaming engine.",
            )


def settings(plan: Plan) -> tuple[Setting, ...]:
    """Return what the session is set to."""
    zone = "Text without an offset is read in this zone."
    always = (
        Setting("spark.sql.session.timeZone", plan.timezone, zone),
        Setting("spark.sql.ansi.enabled", "true", "Overflow and bad casts stop the run."),
    )
    if "${" not in str(plan):
        return always
    plain = Setting("spark.sql.variable.substitute", "false", "A dollar and a brace are no variable.")
    return (*always, plain)


SPARK = Dialect(
    name="spark",
    templates=("spark", "common"),
    says="Spark SQL, in batch",
    type_name=type_name,
    quote=backticked,
    quote_stored=backticked,
    text=text,
    interval=interval,
    window_interval=interval,
    null=lambda name: f"CAST(NULL AS {name})",
    timestamp=timestamp,
    functions={
        **SPARK_CALENDAR,
        **SPARK_CASTS,
        **SPARK_COLLECTIONS,
        **SPARK_WINDOWS,
        **SPARK_NUMBERS,
        **SPARK_TEXT,
        "PLUS": _plus,
        "PLUS_DAYS": _plus_days,
        "IN_LAST_DAYS": _in_last_days,
        "NEXT_WINDOW_DAY": _next_window_day,
        "INSTANT": _instant,
        "MILLIS_OF_INSTANT": "unix_millis({0})",
        "INSTANT_OF_TIMESTAMP": "date_trunc('MILLISECOND', {0})",
        "INSTANT_OF_NUMBER": _instant_of_number,
        "INSTANT_OF_TEXT": instant_of_text,
        "TIMESTAMP_OF_INSTANT": "timestamp({0})",
        "TIMESTAMP_OF_MILLIS": "timestamp_millis({0})",
        "MILLIS_OF_TIMESTAMP": "unix_millis({0})",
        "TEXT_OF_INSTANT": shown,
        "NUMBER_OF_INSTANT": _number_of_instant,
        "OR_FAIL": "coalesce({0}, raise_error(concat({2}, coalesce(CAST({1} AS STRING), 'NULL'))))",
        "OR_LONG_AGO": "({0})",
        "PAIR": "struct({0}, {1})",
    },
    aggregates=SPARK_AGGREGATES,
    rewrites=SPARK_REWRITES,
    refuses=refuses,
    settings=settings,
    reads=reads,
    writes=writes,
    declares_sinks=False,
    one_job=False,
    engine="sqlfeat.run.spark_session:SparkEngine",
    extra="spark",
    recognized_by="pyspark",
    address_option="--master",
    address_help="Address of a master, such as spark://host:7077; local[*] unless given.",
)
