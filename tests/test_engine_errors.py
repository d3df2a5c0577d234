"""What goes wrong in an engine is said in one sentence: which source, which column, which value."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.api import dialect_of, rows_of
from sqlfeat.settings import Settings
from tests.definitions import derived, events, join, over

GOOD = '{"id": "a", "n": 1, "at": "2022-01-01 00:00:00"}'
NOISE = (
    "Exception",
    "org.apache",
    "java.",
    "py4j",
    "\tat ",
    "Caused by",
    "SQLSTATE",
    "An error occurred",
)
SOURCE = events(path="events.json")


@dataclass(frozen=True)
class Failure:
    """The lines of `events.json`, a view over them, and the parts of the message."""

    says: tuple[str, ...]
    lines: tuple[str, ...] = (GOOD,)
    view: Any = field(default_factory=lambda: derived("id", "n", source=SOURCE))
    only: str | None = None


def bad(record: str, *says: str, **more: Any) -> Failure:
    return Failure(says, (GOOD, record), **more)


def of(*features: Any, **more: Any) -> Any:
    return derived(*features, source=events(**{"path": "events.json", **more}))


SUMS = of(Feature("x", over()))
EPOCH = of("id", timestamp_field="n", timestamp_format="epoch")
CSV = of("id", "n", data_format="csv", path="events.csv")

FAILURES: dict[str, Failure] = {
    "timestamp that cannot be read": bad(
        '{"id": "b", "n": 2, "at": "2022-13-01 00:00:00"}',
        "source events, column at: cannot use the timestamp 2022-13-01 00:00:00.",
    ),
    "timestamp that cannot be read, in a window": bad(
        '{"id": "b", "n": 2, "at": "half past \'nine\'"}',
        "source events, column at: cannot use the timestamp half past 'nine'.",
        view=SUMS,
    ),
    "timestamp that is NULL": bad(
        '{"id": "b", "n": 2, "at": null}', "source events, column at: cannot use the timestamp NULL."
    ),
    "timestamp that is missing": bad(
        '{"id": "b", "n": 2}', "source events, column at: cannot use the timestamp NULL.", view=SUMS
    ),
    "number that is no time": bad(
        '{"id": "b", "n": 9223372036854775807, "at": ""}',
        "source events, column n: cannot use the timestamp 9223372036854775807.",
        view=EPOCH,
    ),
    "time in more than one line": bad(
        '{"id": "b", "n": 2, "at": "a\\nb"}', "source events, column at: cannot use the timestamp a b."
    ),
    "line that is cut off": bad(
        '{"id": "b", "n": 2, "at": "2022-01-',
        'source events: a record cannot be read: {"id": "b", "n": 2,',
    ),
    "line that is no JSON": bad("hello", "source events: a record cannot be read: ", "hello"),
    "line that is no object": bad("[1, 2]", "source events: a record cannot be read: "),
    "text for a number": bad(
        '{"id": "b", "n": "two", "at": "2022-01-01 00:00:00"}',
        "source events, column n: ",
        "two",
        " cannot be read as BIGINT.",
    ),
    "number that is too large": bad(
        '{"id": "b", "n": 99999999999999999999, "at": "2022-01-01 00:00:00"}',
        "source events",
        "99999999999999999999",
    ),
    "text for a number, in one of two sources": Failure(
        ("source wrong, column amount: ", "two", " cannot be read as INT."),
        view=of(Feature("x", join("amount", sf.FileSystemSource(
            "wrong", path="wrong.json", keys=["key"], timestamp_field="at", timestamp_format="%Y-%m-%d",
            schema={"key": sf.String, "amount": sf.Int32, "at": sf.String},
        ), keys={"id": "key"}))),
    ),
    "file that is not there": Failure(
        ("source events: there is no file or folder ", "nowhere.json."),
        view=of("id", path="nowhere.json"),
    ),
    "CAST of bad text": Failure(
        ("CAST fails: 'a' is no ", "TRY_CAST gives NULL for it."),
        view=of(Feature("x", "CAST(id AS BIGINT)")),
    ),
    "CAST of a fraction": Failure(
        ("CAST fails: '12.7' is no ",), view=of(Feature("x", "CAST('12.7' || '' AS INT)"))
    ),
    "CAST to DOUBLE": Failure(
        ("CAST fails: 'a' is no ",), view=of(Feature("x", "CAST(id AS DOUBLE)"))
    ),
    "CAST to BOOLEAN": Failure(
        ("CAST fails: 'a' is no BOOLEAN.",), view=of(Feature("x", "CAST(id AS BOOLEAN)"))
    ),
    "CAST of a number that is too large": Failure(
        ("CAST fails: '3000000000' is no ",),
        view=of(Feature("x", "CAST('3000000000' || '' AS INT)")),
    ),
    "CAST to DATE": Failure(
        ("CAST fails: ", "'a' is no DATE. TRY_CAST"), view=of(Feature("x", "CAST(id AS DATE)"))
    ),
    "CAST to TIMESTAMP": Failure(
        ("CAST fails: ", "'a' is no TIMESTAMP. TRY_CAST"), view=of(Feature("x", "CAST(id AS TIMESTAMP)"))
    ),
    "CAST of BYTES that are no text": Failure(
        ("CAST fails: BYTES are no text in UTF-8",),
        (GOOD[:-1] + ', "raw": "/wA="}',),
        of(Feature("x", "CAST(raw AS STRING)"), schema={**SOURCE.schema, "raw": sf.Bytes}),
    ),
    "text that is no time": Failure(
        ("TO_TIMESTAMP cannot read 'a'.",), view=of(Feature("x", "TO_TIMESTAMP(id, '%Y-%m-%d')"))
    ),
    "text without an offset": Failure(
        ("TO_TIMESTAMP cannot read 'a'.",), view=of(Feature("x", "UNIX_TIMESTAMP(id, '%Y-%m-%d%z')"))
    ),
    "CAST of a BIGINT that is no INT": Failure(
        ("CAST fails: '3000000000' is no ",), view=of(Feature("x", "CAST(n * 3000000000 AS INT)"))
    ),
    "CAST of a DOUBLE that is no BIGINT": Failure(
        ("CAST fails: '1.0E300' is no ",), view=of(Feature("x", "CAST(n * 1e300 AS BIGINT)"))
    ),
    "CAST of a number to a DECIMAL of fewer digits": Failure(
        (), view=of(Feature("x", "CAST(n * 1000 AS DECIMAL(3, 0))"))
    ),
    "CAST of bad text to a DECIMAL": Failure(
        ("CAST fails: 'a' is no ",), view=of(Feature("x", "CAST(id AS DECIMAL(10, 2))"))
    ),
    "overflow": Failure(
        ("a number is too large for its type",),
        view=of(Feature("x", "n + 9223372036854775807")),
        only="spark",
    ),
    "CSV record that is too short": Failure(("source events: a record ",), ("b,2",), CSV),
    "CSV record that is too long": Failure(("source events: a record ",), ("b,2,2022-01-01,x",), CSV),
    "CSV text for a number": Failure(("source events",), ("b,two,2022-01-01 00:00:00",), CSV),
}  # fmt: skip


def write(failure: Failure, folder: Path) -> Settings:
    for name in ("events.json", "events.csv"):
        (folder / name).write_text("\n".join(failure.lines) + "\n", encoding="utf-8")
    (folder / "wrong.json").write_text('{"key": "a", "amount": "two", "at": "2022-01-01"}\n')
    return Settings("UTC", str(folder))


def check(failure: Failure, engine: Any, folder: Path) -> None:
    settings = write(failure, folder)
    with pytest.raises(sf.EngineError) as caught:
        rows_of(failure.view, engine, settings)
    message = str(caught.value)
    assert message.startswith("view: ")
    assert [part for part in failure.says if part not in message] == [], message
    assert not any(noise in message for noise in NOISE), message
    assert "\n" not in message
    assert caught.value.detail


CASES = pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)


@pytest.mark.flink
@CASES
def test_flink(failure: Failure, flink: Any, tmp_path: Path) -> None:
    if failure.only not in (None, "flink"):
        pytest.skip("the contract leaves it to the engine, which goes on")
    check(failure, flink, tmp_path)


@pytest.mark.spark
@CASES
def test_spark(failure: Failure, spark: Any, tmp_path: Path) -> None:
    check(failure, spark, tmp_path)


DROPPING = of("id", "n", on_bad_timestamp="drop")
MIXED = Failure((), (
    GOOD, '{"id": "b", "n": 2, "at": "noon"}', '{"id": "c", "n": 3, "at": null}', '{"id": "d", "n": 4}',
    '{"id": "e", "n": 5, "at": "2022-01-01 00:00:01"}',
))  # fmt: skip


def check_other_calls(engine: Any, folder: Path) -> None:
    settings = write(FAILURES["timestamp that cannot be read"], folder)
    says = "column at: cannot use the timestamp 2022-13-01"
    with pytest.raises(sf.EngineError, match=f"^view: source events, {says}"):
        sf.to_pandas(derived("id", source=SOURCE), engine, settings=settings)
    job = sf.Materialization("job", derived("id", source=SOURCE), sf.FileSystemSink("out"))
    with pytest.raises(sf.EngineError, match=f"^job: source events, {says}"):
        sf.run(job, engine, settings=settings).wait(60)
    (folder / "file").write_text("")
    blocked = sf.Materialization("job", derived("id", source=SOURCE), sf.FileSystemSink("file/out"))
    write(MIXED, folder)
    with pytest.raises(sf.EngineError, match=r"^job: "):
        sf.run(blocked, engine, settings=settings).wait(60)


def check_dropping(engine: Any, folder: Path) -> None:
    found = rows_of(DROPPING, engine, write(MIXED, folder))
    assert sorted(row[1:] for row in found) == [("a", 1), ("e", 5)]


@pytest.mark.flink
def test_flink_says_it_in_every_call(flink: Any, tmp_path: Path) -> None:
    check_other_calls(flink, tmp_path)


@pytest.mark.flink
def test_batch_mode_is_a_dialect_of_its_own(flink: Any, flink_batch: Any) -> None:
    assert [dialect_of(session).name for session in (flink, flink_batch)] == ["flink", "flink_batch"]


@pytest.mark.spark
def test_spark_says_it_in_every_call(spark: Any, tmp_path: Path) -> None:
    check_other_calls(spark, tmp_path)


@pytest.mark.flink
def test_flink_leaves_bad_rows_out_where_the_source_says_so(flink: Any, tmp_path: Path) -> None:
    check_dropping(flink, tmp_path)


@pytest.mark.spark
def test_spark_leaves_bad_rows_out_where_the_source_says_so(spark: Any, tmp_path: Path) -> None:
    check_dropping(spark, tmp_path)
