"""Features that Python functions compute: mistakes in them, what a script says of them, and their errors
on the engines.
"""

from __future__ import annotations

import math
import os
import threading
from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.api import rows_of
from tests.definitions import derived, events, over, sliding


def udf(function: Any = str.lower, args: Any = ("id",), dtype: Any = sf.String, **more: Any) -> Any:
    return sf.PythonUdfTransform(function, args, dtype=dtype, **more)


def of(transform: Any, **more: Any) -> Any:
    return derived(Feature("x", transform, **more), source=events(path="events.json"))


def half(number: int | None) -> float:
    return 10 / (number or 0)


MISTAKES: dict[str, tuple[Any, str]] = {
    "no type": (
        of(udf(dtype=None)),
        "view, feature 'x': the type of what its function gives is not said. Give the Feature, or",
    ),
    "no argument": (of(udf(args=[])), "view, feature 'x': its function reads no column: that would be"),
    "argument twice": (
        of(udf(max, ["id", "id"])),
        "view, feature 'x': its args name 'id' twice. Name each",
    ),
    "argument that is no column": (
        of(udf(args=["idd"])),
        "view, feature 'x': there is no column 'idd'. Did you mean 'id'?",
    ),
    "too many arguments": (
        of(udf(half, ["n", "id"], sf.Float64)),
        "its function does not take 2 values, one for each of its args. It is half(number:",
    ),
    "no function": (of(udf("lower")), "view, feature 'x': its udf cannot be 'lower'. It is a function."),
    "text for arguments": (of(udf(args="id")), "its args cannot be 'id'. It is a list of names, such as"),
    "type that is none": (of(udf(dtype=str)), "its dtype cannot be <class 'str'>. It is a type, such as"),
    "fail_on_exception": (
        of(udf(fail_on_exception="no")),
        "its fail_on_exception cannot be 'no'. It is True or False.",
    ),
    "value for an exception that stops the run": (
        of(udf(value_on_exception="x")),
        "it has a value_on_exception, and fails on an exception. Say fail_on_exception=False.",
    ),
    "value of another type": (
        of(udf(fail_on_exception=False, value_on_exception=1)),
        "its value_on_exception 1 (int) is no STRING. Give a STRING, or None.",
    ),
    "two types": (
        of(udf(), dtype=sf.Int64),
        "view, feature 'x': it is declared BIGINT, and its value is STRING. Declare STRING, or",
    ),
    "a sliding view without windows": (
        sliding(Feature("x", udf())),
        "view: a SlidingFeatureView has no window feature.",
    ),
}


@pytest.mark.parametrize(("target", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_alone(target: Any, message: str) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(target)
    assert message in str(caught.value)
    (problem,) = caught.value.problems
    assert problem.allowed.rstrip().endswith((".", "?", ")"))


def test_a_script_says_which_functions_it_needs() -> None:
    text = sf.render(of(udf(half, ["n"], sf.Float64)), dialect="flink")
    assert "--   view__x(BIGINT) RETURNS DOUBLE: half, for x of view." in text
    assert "view__x(n) AS x" in text


def test_instants_are_handed_over_as_milliseconds() -> None:
    source = events(schema={"id": sf.String, "seen": sf.Timestamp}, timestamp_field="seen")
    source = events(schema=source.schema, timestamp_field="seen", timestamp_format=None)
    view = derived(Feature("x", udf(max, ["seen"], sf.Timestamp)), source=source)
    assert "timestamp_millis(view__x(unix_millis(seen))) AS x" in sf.render(view, dialect="spark")
    assert "view__x(BIGINT) RETURNS BIGINT" in sf.render(view, dialect="spark")


def test_functions_of_two_views_have_two_names() -> None:
    below = derived(Feature("c", udf()), name="a b")
    view = derived(Feature("c", udf(args=["c"])), name="a_b", source=below)
    names = [function.name for function in sf.plan(view).functions]
    assert names == ["a_b__c", "a_b__c_2"]


def test_instants_inside_of_other_values_are_refused_on_flink() -> None:
    view = of(udf(lambda n: [], ["n"], sf.Array(sf.Timestamp)))
    with pytest.raises(sf.UnsupportedError, match="takes or gives ARRAY<TIMESTAMP>: inside of another"):
        sf.render(view, dialect="flink")
    assert "ARRAY<TIMESTAMP>" in sf.render(view, dialect="spark")


LOCK = threading.Lock()
FAILURES: dict[str, tuple[Any, str]] = {
    "exception": (
        of(udf(half, ["n"], sf.Float64)),
        "view view, feature x: the function half fails for (0): ZeroDivisionError: division by zero.",
    ),
    "exception in a window's key": (
        derived(
            Feature("x", udf(half, ["n"], sf.Float64)),
            Feature("y", over(keys=["x"])),
            source=events(path="events.json"),
        ),
        "view view, feature x: the function half fails for (0): ZeroDivisionError: division by zero.",
    ),
    "value of another type": (
        of(udf(lambda id_, n: n, ["id", "n"])),
        "the function <lambda> gives for ('a', 0) what it should not: 0 (int) is no STRING.",
    ),
    "number that is too large": (
        of(udf(lambda n: n + 2**31, ["n"], sf.Int32)),
        "the function <lambda> gives for (0) what it should not: 2147483648 (int) is no INT.",
    ),
    "instant without an offset": (
        of(udf(lambda n: __import__("datetime").datetime(2022, 1, 1), ["n"], sf.Timestamp)),
        "what it should not: datetime.datetime(2022, 1, 1, 0, 0) (datetime) is no TIMESTAMP.",
    ),
    "function that cannot be sent": (
        of(udf(lambda n: LOCK.locked() and math.nan, ["n"], sf.Float64)),
        "view view, feature x: the function <lambda> cannot be sent to the engine's workers: ",
    ),
}


def check_failures(engine: Any, folder: Path) -> None:
    line = '{"id": "a", "n": 0, "at": "2022-01-01 00:00:00"}\n'
    (folder / "events.json").write_text(line, encoding="utf-8")
    found = {}
    for name, (target, _) in FAILURES.items():
        with pytest.raises(sf.EngineError) as caught:
            rows_of(target, engine, sf.Settings(root=str(folder)))
        found[name] = str(caught.value)
    assert [name for name, (_, says) in FAILURES.items() if says not in found[name]] == [], found


@pytest.mark.flink
def test_failures_on_flink(flink: Any, tmp_path: Path) -> None:
    check_failures(flink, tmp_path)


@pytest.mark.spark
def test_failures_on_spark(spark: Any, tmp_path: Path) -> None:
    check_failures(spark, tmp_path)


@pytest.mark.flink
def test_a_jvm_can_be_started_after_functions_ran_on_flink(flink: Any, tmp_path: Path) -> None:
    line = '{"id": "a", "n": 2, "at": "2022-01-01 00:00:00"}\n'
    (tmp_path / "events.json").write_text(line, encoding="utf-8")
    view = of(udf(half, ["n"], sf.Float64))
    assert rows_of(view, flink, sf.Settings(root=str(tmp_path)))[0][-1] == 5.0
    assert "PYFLINK_GATEWAY_DISABLED" not in os.environ
    made = sf.Materialization("job", view, sf.FileSystemSink("made"))
    sf.run(made, flink, root=str(tmp_path)).wait(60)
    assert "PYFLINK_GATEWAY_DISABLED" not in os.environ
