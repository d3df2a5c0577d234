"""Sources whose rows are made up, and the sink that leaves rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from tests.definitions import derived, events

SCHEMA = {"id": sf.String, "n": sf.Int64, "at": sf.Int64, "small": sf.Int32, "day": sf.Date}
AT = sf.SequenceField(1_640_995_200, step=60)
TIMED = {"timestamp_field": "at", "timestamp_format": "epoch"}


def made_up(**more: Any) -> sf.DataGenSource:
    names = more.pop("names", ["id", "n", "at"])
    fields = {"at": AT, **more.pop("fields", {})}
    settings = {"number_of_rows": 3, **TIMED, **more}
    return sf.DataGenSource(
        "made_up", schema={name: SCHEMA[name] for name in names}, field_configs=fields, **settings
    )


def field(config: Any, name: str = "n") -> sf.DataGenSource:
    return made_up(names=["id", "n", "at", "small"], fields={name: config})


MISTAKES: dict[str, tuple[sf.DataGenSource, str]] = {
    "no row": (
        made_up(number_of_rows=0),
        "made_up: its number_of_rows cannot be 0. It is a number from 1",
    ),
    "no speed": (made_up(rows_per_second=-1), "made_up: its rows_per_second cannot be -1."),
    "fields": (
        sf.DataGenSource("made_up", schema={"n": sf.Int64}, field_configs={"n": 1}),
        "its field_configs cannot be {'n': 1}. It is a mapping from columns to SequenceField and",
    ),
    "field of no column": (
        made_up(fields={"idd": AT}),
        "made_up: field_configs name 'idd', which is no column. Did you mean 'id'?",
    ),
    "type of a random field": (
        made_up(names=["id", "at", "day"]),
        "feature 'day': a RandomField does not give DATE. It gives BIGINT, BOOLEAN, DOUBLE, INT,",
    ),
    "type of a sequence": (
        made_up(names=["at", "day"], fields={"day": AT}),
        "feature 'day': a SequenceField does not give DATE. It gives BIGINT, DOUBLE, INT, STRING.",
    ),
    "sequence that does not come to its end": (
        field(sf.SequenceField(3, end=1)),
        "made_up, feature 'n': its sequence from 3 does not come to 1. The step is not 0, and leads from",
    ),
    "step of nothing": (
        field(sf.SequenceField(3, step=0, end=4)),
        "its sequence from 3 does not come to 4.",
    ),
    "sequence beyond its type": (
        field(sf.SequenceField(2**31 - 2), "small"),
        "feature 'small': its sequence comes to 2147483648, which is no INT. Take smaller numbers.",
    ),
    "range upside down": (
        field(sf.RandomField(2, 1)),
        "feature 'n': its minimum 2 is above its maximum 1.",
    ),
    "range of fractions": (
        field(sf.RandomField(0.5, 1)),
        "feature 'n': its range from 0.5 to 1 cannot be had.",
    ),
    "range that is too wide": (
        field(sf.RandomField(0, 2**40)),
        "It is of whole numbers, at most 2147483647",
    ),
    "range beyond its type": (
        field(sf.RandomField(2**33, 2**33), "small"),
        "is none of INT. Take smaller",
    ),
    "length": (
        field(sf.RandomField(length=33), "id"),
        "feature 'id': its length is 33. A text has 1 to 32",
    ),
    "random times": (
        made_up(fields={"at": sf.RandomField()}),
        "feature 'at': the times of a DataGenSource are numbers that are counted, after 1970. Make",
    ),
    "text for times": (
        made_up(timestamp_field="id", timestamp_format="%Y-%m-%d"),
        "made_up, feature 'id': the times of a DataGenSource are numbers that are counted, after 1970.",
    ),
    "times before 1970": (made_up(fields={"at": sf.SequenceField(0)}), "that are counted, after 1970."),
    "format of times": (
        made_up(timestamp_format="%Y"),
        "made_up: the timestamp_field 'at' is BIGINT, its",
    ),
}


@pytest.mark.parametrize(("source", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_alone(source: sf.DataGenSource, message: str) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(source)
    assert message in str(caught.value)
    (problem,) = caught.value.problems
    assert problem.allowed.rstrip().endswith((".", "?"))


@pytest.mark.parametrize("dialect", ["flink", "spark"])
def test_rows_without_end_are_refused(dialect: str) -> None:
    with pytest.raises(
        sf.UnsupportedError, match=r"made_up_numbers: rows without end .* number_of_rows\."
    ):
        sf.render(made_up(number_of_rows=None), dialect=dialect)


def test_a_speed_is_for_engines_that_stream() -> None:
    assert "'rows-per-second' = '7'" in sf.render(made_up(rows_per_second=7), dialect="flink")


TOPIC = sf.KafkaSource("topic", bootstrap_server="here:1", topic="t", schema={"n": sf.Int64})


def test_the_number_of_a_row_does_not_hide_a_column() -> None:
    source = sf.DataGenSource("made_up", schema={"row_number": sf.Int64}, number_of_rows=1)
    assert "SELECT id AS row_number_2" in sf.render(source, dialect="spark")


JOB = sf.Materialization(
    "job",
    derived("id", Feature("x", "CAST(id AS BIGINT)"), source=events(path="in.json")),
    sf.BlackHoleSink(),
)


def test_rows_are_computed_and_left() -> None:
    assert "'connector' = 'blackhole'" in sf.render(JOB, dialect="flink")
    assert "SELECT COUNT(to_json(struct(" in sf.render(JOB, dialect="spark")


def check_black_hole(engine: Any, folder: Path) -> None:
    good, bad = '{"id": "1", "at": "2022-01-01 00:00:00"}', '{"id": "a", "at": "2022-01-01 00:00:00"}'
    (folder / "in.json").write_text(good + "\n", encoding="utf-8")
    sf.run(JOB, engine, root=str(folder)).wait(120)
    (folder / "in.json").write_text(bad + "\n", encoding="utf-8")
    with pytest.raises(sf.EngineError, match=r"^job: "):
        sf.run(JOB, engine, root=str(folder)).wait(120)


@pytest.mark.flink
def test_black_hole_on_flink(flink: Any, tmp_path: Path) -> None:
    check_black_hole(flink, tmp_path)
    with pytest.raises(
        sf.EngineError, match=r"all of its rows are asked for, and the source topic never ends"
    ):
        sf.to_pandas(derived("n", source=TOPIC), flink)


@pytest.mark.spark
def test_black_hole_on_spark(spark: Any, tmp_path: Path) -> None:
    check_black_hole(spark, tmp_path)
