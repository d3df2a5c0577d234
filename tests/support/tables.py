"""Sources, views and sinks."""

from __future__ import annotations

from typing import Any

import sqlfeat as sf
from tests.definitions import NO_TIME, TIME, derived, events, slide, sliding
from tests.support.construct import ALONE, Construct
from tests.support.types import TYPES

TOPIC: dict[str, Any] = {"bootstrap_server": "here:9092", "topic": "t"}
OF_TWO_LINES = events(schema={"a\nb": sf.Int64}, timestamp_field="a\nb", timestamp_format="epoch")
FORMATS = "tests/test_formats.py::test_both_engines_read_what_each_has_written"
A_TOPIC = "tests/test_topic_errors.py::test_one_broker_of_several_is_enough"


def read(source: sf.FileSystemSource | sf.KafkaSource) -> sf.DerivedFeatureView:
    return derived(sf.Feature("one", "1"), source=source, keep_source_fields=True)


def timed(dtype: Any, time_format: str | None) -> sf.DerivedFeatureView:
    return read(events(schema={"at": dtype}, timestamp_field="at", timestamp_format=time_format))


def topic(**more: Any) -> sf.KafkaSource:
    return sf.KafkaSource(
        "events", schema={"id": sf.String, "at": sf.String}, **{**TOPIC, **TIME, **more}
    )


def written(sink: Any) -> sf.Materialization:
    return sf.Materialization("job", derived("id"), sink)


SOURCES = (
    Construct("a file or folder of JSON", read(events()), FORMATS),
    Construct("of CSV", read(events(data_format="csv")), FORMATS),
    Construct("of Parquet", read(events(data_format="parquet")), FORMATS),
    Construct("a topic of Kafka, unbounded", read(topic()), A_TOPIC),
    Construct("a topic of Kafka, bounded", read(topic(bounded=True)), A_TOPIC),
    Construct("a source without a time", read(events(**NO_TIME)), "view_without_time"),
    Construct("time in a TIMESTAMP", timed(sf.Timestamp, None), "first_and_last_of_conditions"),
    Construct("in seconds", timed(sf.Int64, "epoch"), "epoch_seconds"),
    Construct("in milliseconds", timed(sf.Int64, "epoch_millis"), "epoch_seconds"),
    Construct("in text", timed(sf.String, "%Y-%m-%d %H:%M:%S"), "times_read_in_a_zone"),
    Construct(
        "in text with a fraction", timed(sf.String, "%Y-%m-%d %H:%M:%S.%f"), "fractions_and_offsets"
    ),
    Construct(
        "in text with an offset", timed(sf.String, "%Y-%m-%dT%H:%M:%S%z"), "fractions_and_offsets"
    ),
    Construct(
        '`on_bad_timestamp="drop"`', read(events(on_bad_timestamp="drop")), "bad_timestamps_dropped"
    ),
    Construct(
        "a time whose field has a name of two lines",
        derived(sf.Feature("one", "1"), source=OF_TWO_LINES),
        ALONE,
    ),
    Construct(
        "any other name", read(events(schema={"a \"`'\n": sf.Int64}, **NO_TIME)), "awkward_names"
    ),
    Construct("a backslash in a path", read(events(path="a\\b.json")), ALONE),
    Construct("a colon in a path", read(events(path="in/a:b.json")), ALONE),
    Construct("a file whose name starts with `_` or `.`", read(events(path="_events.json")), ""),
)  # fmt: skip

COLUMNS = tuple(
    Construct(name, read(events(schema={"x": dtype}, **NO_TIME)), "columns_of_every_type")
    for name, dtype in TYPES.items()
)

VIEWS = (
    Construct("features of a source", derived("id", sf.Feature("m", "n * 2")), "integer_arithmetic"),
    Construct(
        "`keep_source_fields`",
        derived(sf.Feature("m", "n * 2"), keep_source_fields=True),
        "integer_arithmetic",
    ),
    Construct(
        "a feature that replaces a column",
        derived(sf.Feature("n", "n * 2"), keep_source_fields=True),
        "feature_replaces_source_column",
    ),
    Construct("`filter_expr`", derived("id", filter_expr="n > 1"), "view_filter"),
    Construct("a declared type", derived(sf.Feature("m", "n", dtype=sf.Float64)), "declared_types"),
    Construct("views over views", derived("id", source=derived("id", name="below")), "chained_views"),
)

SELECTION = (
    Construct("`keys`", derived("id"), "rows_of_some_shops", asked={"keys": [{"id": "a"}]}),
    Construct(
        "`start` and `end`",
        derived("id"),
        "rows_of_some_keys_and_times",
        asked={"start": "2022-01-01", "end": "2022-02-01"},
    ),
    Construct(
        "`keys`, `start` and `end` of windows",
        sliding(sf.Feature("f", slide())),
        "windows_of_some_keys_and_times",
        asked={"keys": [{"id": "a"}], "start": "2022-01-01"},
    ),
    Construct(
        "`keys` of a source",
        events(),
        "conformance/get_features__get_table_with_single_key",
        asked={"keys": [{"id": "a"}]},
    ),
)

SINKS = (
    Construct(
        "nowhere",
        written(sf.BlackHoleSink()),
        "tests/test_made_up_rows.py::test_black_hole_on_flink",
    ),
    Construct("files of JSON", written(sf.FileSystemSink("out")), FORMATS),
    Construct("of CSV", written(sf.FileSystemSink("out", data_format="csv")), FORMATS),
    Construct("of Parquet", written(sf.FileSystemSink("out", data_format="parquet")), FORMATS),
    Construct("a topic of Kafka", written(sf.KafkaSink(**TOPIC)), A_TOPIC),
    Construct(
        "the standard output", written(sf.PrintSink()), "tests/support/test_printing.py::test_spark"
    ),
)
