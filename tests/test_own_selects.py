"""Views that are a SELECT of the definition's own: mistakes in them, and what is read of their text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.api import rows_of
from sqlfeat.expr.written_select import read_select
from tests.definitions import NO_TIME, TIME, derived, events, over, prices

SCHEMA = {"id": sf.String, "n": sf.Int64}


def own(sql: Any = "SELECT id, n FROM events", **more: Any) -> sf.SqlFeatureView:
    settings = {"schema": SCHEMA, "tables": [events(path="events.json"), prices()], **more}
    return sf.SqlFeatureView("own", sql, **settings)


MISTAKES: dict[str, tuple[Any, str]] = {
    "another statement": (own("DROP TABLE events"), "own: its sql is no SELECT: it begins with 'DROP'."),
    "WITH of another statement": (
        own("WITH a AS (SELECT 1) INSERT INTO b SELECT 2"),
        "its sql is no SELECT",
    ),
    "two statements": (own("SELECT 1 AS id; SELECT 2"), "own: its sql is more than one statement. It is"),
    "nothing": (own(" ; "), "own: there is no SELECT in its sql. Write one, such as"),
    "parentheses": (own("SELECT (1 AS id"), "own: the parentheses of its sql do not match."),
    "recursion": (own("WITH RECURSIVE a AS (SELECT 1) SELECT * FROM a"), "its sql has WITH RECURSIVE."),
    "table that is not there": (
        own("SELECT * FROM event JOIN prices ON TRUE"),
        "own: its sql reads 'event', and there is no such table. Did you mean 'events'?",
    ),
    "table by a comma": (
        own("SELECT * FROM events e, price p"),
        "own: its sql reads 'price', and there is",
    ),
    "statement of one dialect": (
        own({"flink": "SELECT 1", "spark": "SELEC 1"}),
        "own: its sql (that of spark) is no SELECT: it begins with 'SELEC'.",
    ),
    "sql": (
        own(7),
        "own: its sql cannot be 7. It is a SELECT as text, or a mapping from names of dialects",
    ),
    "no sql": (own({}), "own: its sql cannot be {}."),
    "schema": (own(schema={}), "own: its schema cannot be {}. It is a mapping of types."),
    "type": (own(schema={"id": str}), "own: the column 'id' has no type: <class 'str'>. Types are those"),
    "key": (own(keys=["item"]), "own: the key 'item' is not a column. There are: id, n."),
    "timestamp_field": (own(timestamp_field="at"), "own: the timestamp_field 'at' is not a column."),
    "timestamp_format": (
        own(timestamp_field="n", timestamp_format="%Y"),
        "own: the timestamp_field 'n' is",
    ),
    "tables": (
        own(tables="events"),
        "own: its tables cannot be 'events'. It is a list of sources and views.",
    ),
}


@pytest.mark.parametrize(("target", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_alone(target: Any, message: str) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(target)
    assert message in str(caught.value)
    (problem,) = caught.value.problems
    assert problem.allowed.rstrip().endswith((".", "?"))


def test_views_that_read_each_other_go_round() -> None:
    view = derived("id", name="view", source=own("SELECT id, n FROM view", tables=[]))
    with pytest.raises(
        sf.DefinitionError, match="the views go round in a circle: view reads own reads view"
    ):
        sf.plan(view, tables=[view])


def test_a_dialect_without_a_text_is_refused() -> None:
    with pytest.raises(sf.UnsupportedError, match=r"no text for spark\. Is 'sparc' meant for it\?"):
        sf.render(own({"flink": "SELECT 'a' AS id", "sparc": "SELECT 1"}), dialect="spark")


COMPUTED = {
    "join": "SELECT events.* FROM events JOIN prices ON events.id = prices.id",
    "group": "SELECT id, at FROM events GROUP BY id, at",
    "expression": "SELECT id, TRIM(at) AS at FROM events",
    "sub-query": "SELECT id, at FROM (SELECT * FROM events)",
    "another column": "SELECT at AS id, id AS at FROM events",
}


@pytest.mark.parametrize("sql", COMPUTED.values(), ids=COMPUTED)
def test_times_that_are_no_table_s_are_refused_on_flink(sql: str) -> None:
    view = own(sql, schema={"id": sf.String, "at": sf.String}, **TIME)
    with pytest.raises(
        sf.UnsupportedError, match="own, feature 'at': the rows of a SELECT have an event"
    ):
        sf.render(view, dialect="flink")
    assert "view own, column at: cannot use the timestamp" in sf.render(view, dialect="spark")


def test_times_of_another_format_are_no_table_s() -> None:
    view = own(
        "SELECT at FROM events", schema={"at": sf.String}, timestamp_field="at", timestamp_format="%Y%m%d"
    )
    with pytest.raises(sf.UnsupportedError):
        sf.render(view, dialect="flink")


KEPT = {
    "SELECT at FROM events": "SELECT at, event_time FROM events",
    "SELECT *, 1 AS one FROM events WHERE n > 1": "SELECT *, 1 AS one FROM events WHERE n > 1",
    "SELECT e.`at`, EXTRACT(DAY FROM x) FROM events e": "SELECT e.`at`, EXTRACT(DAY FROM x), event_time "
    "FROM events e",
    "SELECT 1 AS at, * FROM events": None,
    "SELECT DISTINCT at FROM events": None,
    "SELECT at FROM a, b": None,
    "SELECT at FROM a WHERE n IN (SELECT n FROM b)": None,
}


@pytest.mark.parametrize(("sql", "kept"), KEPT.items())
def test_the_event_time_is_added_to_the_list(sql: str, kept: str | None) -> None:
    assert read_select(sql).with_column("event_time", "at") == kept


TABLES = {
    "SELECT * FROM a JOIN `b c` ON x IS DISTINCT FROM y": ("a", "b c"),
    "SELECT ';' FROM a, b x, c WHERE EXTRACT(DAY FROM d) > 1, 2": ("a", "b", "c"),
    "WITH a AS (SELECT * FROM b) SELECT * FROM a, UNNEST(list), LATERAL f(x)": ("b",),
    "SELECT * FROM TABLE(HOP(TABLE a, DESCRIPTOR(t), INTERVAL '1' DAY, INTERVAL '1' DAY))": ("a",),
    "SELECT * FROM db.a -- FROM b\n/* FROM c */": (),
    "SELECT x FROM (SELECT x, y FROM a), b": ("a", "b"),
}


@pytest.mark.parametrize(("sql", "tables"), TABLES.items())
def test_tables_that_a_select_reads(sql: str, tables: tuple[str, ...]) -> None:
    assert read_select(sql).tables == tables


FAILURES: dict[str, tuple[Any, str]] = {
    "column that is not there": (
        own("SELECT id, n AS m FROM events"),
        "own: its SELECT does not give what its schema declares: there is no column 'n'; there are: id",
    ),
    "type": (
        own("SELECT n AS id, 1 AS n FROM events"),
        "the column 'id' is bigint, and is declared STRING",
    ),
    "two faults": (own("SELECT n AS id FROM events"), "there is no column 'n'; there are: id."),
    "what an engine refuses": (own("SELECT id, nn AS n FROM events"), "nn"),
}


def check(engine: Any, folder: Path) -> None:
    line = '{"id": "a", "n": 0, "at": "2022-01-01 00:00:00"}\n'
    (folder / "events.json").write_text(line, encoding="utf-8")
    settings = sf.Settings(root=str(folder))
    found = {}
    for name, (target, _) in FAILURES.items():
        with pytest.raises(sf.EngineError) as caught:
            rows_of(target, engine, settings)
        found[name] = str(caught.value).replace("BIGINT, and is", "bigint, and is")
    assert [name for name, (_, says) in FAILURES.items() if says not in found[name]] == [], found
    source = events(path="events.json")
    star = sf.SqlFeatureView("stars", "SELECT * FROM events", schema=source.schema, tables=[source])
    assert rows_of(star, engine, settings) == [("a", 0, "2022-01-01 00:00:00")]
    timed = own("SELECT * FROM events", schema={"at": sf.String, "n": sf.Int64}, **TIME)
    view = derived(Feature("x", over(keys=[])), source=timed)
    assert rows_of(view, engine, settings, [source]) == [("2022-01-01 00:00:00", 0)]


@pytest.mark.flink
def test_on_flink(flink: Any, tmp_path: Path) -> None:
    check(flink, tmp_path)


@pytest.mark.spark
def test_on_spark(spark: Any, tmp_path: Path) -> None:
    check(spark, tmp_path)


def test_rows_without_time_are_not_put_in_windows() -> None:
    with pytest.raises(sf.DefinitionError, match="has no timestamp_field: no windows"):
        sf.plan(derived(Feature("x", over("n", keys=["id"])), source=own(**NO_TIME)))
