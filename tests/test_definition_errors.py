"""Wrong definitions: every mistake at once, each with its place, the fault and what would be right."""

from __future__ import annotations

import decimal
from datetime import timedelta
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from tests.definitions import NO_TIME, derived, events, join, over, prices, slide, sliding

MISTAKES: dict[str, tuple[Any, str]] = {
    "unknown column": (
        derived(Feature("x", "nn + 1")),
        "view, feature 'x': there is no column 'nn'. Did you mean 'n'?",
    ),
    "unknown column of a joined table": (
        derived(Feature("x", join("pric"))),
        "view, feature 'x': in prices: there is no column 'pric'. Did you mean 'price'?",
    ),
    "unknown function": (
        derived(Feature("x", "LOWR(id)")),
        "view, feature 'x': there is no function LOWR. Did you mean LOWER?",
    ),
    "unknown aggregate": (
        derived(Feature("x", over(agg_func="SUMM"))),
        "view, feature 'x': there is no aggregate SUMM. Did you mean SUM?",
    ),
    "type of an argument": (
        derived(Feature("x", "id + 1")),
        "view, feature 'x': + does not take (STRING, INT). It takes numbers.",
    ),
    "type of an aggregate's input": (
        derived(Feature("x", over("id"))),
        "view, feature 'x': SUM does not take STRING. It takes numbers.",
    ),
    "* of another aggregate than COUNT": (derived(Feature("x", over("*"))), "feature 'x': '*' in '*' is"),
    "* as an expression": (derived(Feature("x", "*")), "feature 'x': '*' in '*' is not part of"),
    "feature twice": (
        derived(Feature("x", "n"), Feature("x", "n + 1")),
        "view, feature 'x': the feature is there twice. Rename one.",
    ),
    "names that differ in case": (
        derived(Feature("x", "n"), Feature("X", "n")),
        "view: the columns 'x' and 'X' differ in case alone. Rename one.",
    ),
    "table by text": (
        derived("pricess.price", tables=[prices()]),
        "view, feature 'price': there is no table 'pricess'. Did you mean 'prices'?",
    ),
    "table by text, without any": (
        derived("prices.price"),
        "view, feature 'price': there is no table 'prices'. Name it in tables=, or give the table",
    ),
    "join key that the row lacks": (
        derived(Feature("x", join(keys={"idd": "id"}))),
        "view, feature 'x': the join key 'idd' is not a column. Did you mean 'id'?",
    ),
    "join key that the table lacks": (
        derived(Feature("x", join(keys={"id": "item"}))),
        "view, feature 'x': the join key of prices 'item' is not a column. There are: id, price, at.",
    ),
    "join keys of two types": (
        derived(Feature("x", join(keys={"n": "id"}))),
        "view, feature 'x': the join key 'n' is BIGINT on the left, STRING on the right. Make them one",
    ),
    "join onto a table without keys": (
        derived(Feature("x", join(table=prices(keys=None)))),
        "view, feature 'x': prices has no keys to join by. Give the table keys=, or the JoinTransform.",
    ),
    "join onto a table without time": (
        derived(Feature("x", join(table=prices(**NO_TIME)))),
        "view, feature 'x': prices has no timestamp_field: no point in time. Name the column",
    ),
    "join of rows without time": (
        derived(Feature("x", join()), source=events(**NO_TIME)),
        "view, feature 'x': the view's source has no timestamp_field: no point in time. Name the",
    ),
    "tie_breaker": (
        derived(Feature("x", join(tie_breaker="version"))),
        "view, feature 'x': the tie_breaker of prices 'version' is not a column. There are: id,",
    ),
    "windows of rows without time": (
        derived(Feature("x", over()), source=events(**NO_TIME)),
        "view, feature 'x': the view's source has no timestamp_field: no windows. Name the column",
    ),
    "sliding windows of rows without time": (
        sliding(Feature("x", slide()), source=events(**NO_TIME)),
        "view: the source has no timestamp_field: no windows. Name the column",
    ),
    "key of a window": (
        derived(Feature("x", over(keys=["idd"]))),
        "view, feature 'x': the group_by_key 'idd' is not a column. Did you mean 'id'?",
    ),
    "window that is no multiple of the step": (
        sliding(Feature("x", slide(size="90 seconds"))),
        "view, feature 'x': the window_size (90 seconds) is not a multiple of the step_size (1 minute). "
        "Take 1 minute or 2 minutes.",
    ),
    "step of nothing": (sliding(Feature("x", slide(step="0 minutes"))), "A step is above 0."),
    "two steps in a view": (
        sliding(Feature("x", slide()), Feature("y", slide(step="30 seconds"))),
        "view, feature 'y': its group_by_keys or step_size are not those of the view's first window. All",
    ),
    "two keys in a view": (
        sliding(Feature("x", slide()), Feature("y", slide(keys=[]))),
        "view, feature 'y': its group_by_keys or step_size are not those of the view's first window.",
    ),
    "no window": (
        sliding(Feature("x", "n")),
        "view: a SlidingFeatureView has no window feature. Give it a Feature with a Sliding",
    ),
    "window feature called like a key": (
        sliding(Feature("id", slide())),
        "view, feature 'id': the window feature has the name of a key. Rename one.",
    ),
    "window feature called like the time": (
        sliding(Feature("window_time", slide())),
        "feature 'window_time': the window feature has the name of the view's timestamp_field.",
    ),
    "empty rows neither on nor off": (
        sliding(Feature("x", slide()), enable_empty_window_output="yes"),
        "view: its enable_empty_window_output cannot be 'yes'. It is True or False.",
    ),
    "repeated rows neither on nor off": (
        sliding(Feature("x", slide()), skip_same_window_output=1),
        "view: its skip_same_window_output cannot be 1. It is True or False.",
    ),
    "time called like a key": (
        sliding(Feature("x", slide()), timestamp_field="id"),
        "view: the timestamp_field 'id' has the name of a key. Rename one.",
    ),
    "sliding window in a derived view": (
        derived(Feature("x", slide())),
        "view, feature 'x': SlidingWindowTransform does not fit into a DerivedFeatureView. Use an Over",
    ),
    "over window in a sliding view": (
        sliding(Feature("x", over())),
        "view, feature 'x': OverWindowTransform does not fit into a SlidingFeatureView. Compute it in a",
    ),
    "join in a sliding view": (
        sliding(Feature("x", join()), Feature("y", slide())),
        "view, feature 'x': JoinTransform does not fit into a SlidingFeatureView. Compute it in a",
    ),
    "duration": (
        derived(Feature("x", over(size="2 minuets"))),
        "view, feature 'x': window_size: the duration '2 minuets' cannot be read. Write a timedelta or",
    ),
    "duration of a sliding window": (
        sliding(Feature("x", slide(size=5))),
        "view, feature 'x': window_size: the duration 5 cannot be read.",
    ),
    "duration below zero": (
        derived(Feature("x", over(size=timedelta(seconds=-1)))),
        "view, feature 'x': window_size: the duration -1 day, 23:59:59 cannot be used. Durations are",
    ),
    "duration finer than a millisecond": (
        derived(Feature("x", join(ttl=timedelta(microseconds=1)))),
        "view, feature 'x': ttl: the duration 0:00:00.000001 cannot be used.",
    ),
    "duration beyond all": (derived(Feature("x", over(size="99999999999 weeks"))), "up to 999999999"),
    "lateness of a source": (
        derived("n", source=events(max_out_of_orderness="late")),
        "events: max_out_of_orderness: the duration 'late' cannot be read.",
    ),
    "format with an unknown code": (
        derived("n", source=events(timestamp_format="%Y-%m-%d %X")),
        "events: the timestamp_format '%Y-%m-%d %X' has the unknown code '%X'. Codes are %Y (year,",
    ),
    "format without a date": (
        derived("n", source=events(timestamp_format="%H:%M")),
        "events: the timestamp_format '%H:%M' does not give a date. It has %Y, %m and %d, and each",
    ),
    "format that goes on after the offset": (
        derived("n", source=events(timestamp_format="%Y%m%d%z%H")),
        "events: the timestamp_format '%Y%m%d%z%H' goes on after %f or %z.",
    ),
    "format of a column of another type": (
        derived("n", source=events(timestamp_field="n")),
        "events: the timestamp_field 'n' is BIGINT, its timestamp_format '%Y-%m-%d %H:%M:%S'. A TIME",
    ),
    "format of a view's time": (
        sliding(Feature("x", slide()), timestamp_format="%Y-%m-%d %z"),
        "view: the timestamp_format '%Y-%m-%d %z' has %z. The time is shown in the project's time zone",
    ),
    "timestamp_field": (
        derived("n", source=events(timestamp_field="att")),
        "events: the timestamp_field 'att' is not a column. Did you mean 'at'?",
    ),
    "columns that differ in case": (
        derived("n", source=events(schema={"n": sf.Int64, "N": sf.Int64, "at": sf.String})),
        "events: the columns 'n' and 'N' differ in case alone. Rename one.",
    ),
    "type of a column": (
        derived("id", source=events(schema={"n": "BIGINT", "id": sf.String, "at": sf.String})),
        "events: the column 'n' has no type: 'BIGINT'. Types are those of sqlfeat",
    ),
    "data_format": (
        derived("n", source=events(data_format="jsn")),
        "events: data_format cannot be 'jsn'. It is one of 'json', 'csv', 'parquet'. Did you mean 'json'",
    ),
    "data_format of a sink": (
        sf.Materialization("job", derived("n"), sf.FileSystemSink("out", data_format="cvs")),
        "job: data_format cannot be 'cvs'. It is one of 'json', 'csv', 'parquet'. Did you mean 'csv'?",
    ),
    "startup_mode": (
        derived("n", source=sf.KafkaSource(
            "topic", bootstrap_server="h:1", topic="t", schema={"n": sf.Int64}, startup_mode="earlist"
        )),
        "topic: startup_mode cannot be 'earlist'. It is one of 'earliest', 'latest'. Did you mean",
    ),
    "on_bad_timestamp": (
        derived("n", source=events(on_bad_timestamp="skip")),
        "events: on_bad_timestamp cannot be 'skip'. It is one of 'fail', 'drop'.",
    ),
    "declared type": (
        derived(Feature("x", "n", dtype=sf.Int32)),
        "view, feature 'x': it is declared INT, and its value is BIGINT. Declare BIGINT, or CAST it",
    ),
    "declared type of a window": (
        sliding(Feature("x", slide(), dtype=sf.String)),
        "view, feature 'x': it is declared STRING, and its value is BIGINT.",
    ),
    "declared type that is none": (
        derived(Feature("x", "n", dtype="INT")),
        "view, feature 'x': 'INT' is not a type. Types are those of sqlfeat, such as sqlfeat.Int64.",
    ),
    "filter that is no condition": (
        derived("n", filter_expr="n + 1"),
        "view: the filter_expr is BIGINT, not a condition. Compare with = or <, or test IS NULL.",
    ),
    "filter of a window that is no condition": (
        derived(Feature("x", over(where="n"))),
        "view, feature 'x': the filter_expr is BIGINT, not a condition.",
    ),
    "bare NULL": (
        derived(Feature("x", "NULL")),
        "view, feature 'x': a bare NULL has no type. CAST(NULL AS …).",
    ),
    "value that is no constant": (
        derived(Feature("x", sf.lit(float("nan")))),
        "view, feature 'x': nan is no constant. Constants are None, bool, int, float, Decimal, str,",
    ),
    "DECIMAL that is too long": (
        derived(Feature("x", sf.lit(decimal.Decimal("1E+60")))),
        "view, feature 'x': 1E+60 does not fit into a DECIMAL. It has 38 digits at most.",
    ),
    "text that no SQL can hold": (
        derived(Feature("x", "'a\x1eb'")),
        r"view, feature 'x': the text 'a\x1eb' holds '\x1e'.",
    ),
    "two tables of one name": (
        derived(Feature("x", join("n", events("Events", keys=["id"])))),
        "Events: two tables have this name. Rename one.",
    ),
    "two jobs of one name": (
        2 * [sf.Materialization("job", derived("n"), sf.PrintSink())],
        "job: it is asked for twice. Names are unique.",
    ),
    "keys of a source": (
        derived("n", source=events(keys=["item"])),
        "events: the key 'item' is not a column. There are: id, n, at.",
    ),
    "keys of a view": (derived("n", keys=["item"]), "view: the key 'item' is not a column. There are:"),
    "keys of a feature": (
        derived(Feature("x", "n", keys=["idd"])),
        "view, feature 'x': the key 'idd' is not a column. Did you mean 'id'?",
    ),
    "sink": (sf.Materialization("job", derived("n"), "out.csv"), "job: 'out.csv' is not a sink. Sinks: "),
    "no target": ([], "the target: there is nothing in it. Give a view or a materialization."),
    "target that is none": ("view", "'view': it is neither a view nor a materialization."),
}  # fmt: skip


@pytest.mark.parametrize(("target", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_alone(target: Any, message: str) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(target)
    assert message in str(caught.value)
    assert len(caught.value.problems) == 1, str(caught.value)
    assert str(caught.value).startswith("1 mistake in the definition:\n  1. ")


def test_each_mistake_says_what_would_be_right() -> None:
    for target, _ in MISTAKES.values():
        with pytest.raises(sf.DefinitionError) as caught:
            sf.plan(target)
        (problem,) = caught.value.problems
        assert problem.allowed, str(problem)
        assert problem.allowed.rstrip().endswith((".", "?")), str(problem)
