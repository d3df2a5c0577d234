"""A file with many mistakes: all of them are said at once, and none is said twice in other words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.errors import Problem
from sqlfeat.loading import load
from tests.definitions import derived, events, join, over, prices, slide, sliding

TEN = """
import sqlfeat as sf

events = sf.FileSystemSource(
    "events", path="events.json", data_format="jsno",
    schema={"user_id": sf.String, "count": sf.Int64, "at": sf.String},
    timestamp_field="at", timestamp_format="%Y-%m-%d %H:%M:%Q",
)
prices = sf.FileSystemSource(
    "prices", path="prices.json",
    schema={"item_id": sf.String, "price": sf.Float64, "at": sf.String},
    keys=["item_id"], timestamp_field="at", timestamp_format="%Y-%m-%d",
)
first = sf.DerivedFeatureView("first", source=events, features=[
    sf.Feature("a", "cuont + 1"),
    sf.Feature("b", "COALESC(count, 0)"),
    sf.Feature("c", "user_id * 2"),
    sf.Feature("d", sf.JoinTransform("price", "price")),
    sf.Feature("e", sf.JoinTransform(prices, "price")),
    sf.Feature("f", sf.OverWindowTransform("count", "SUM", "2 minuts", ["user_id"])),
    sf.Feature("f", "count"),
], filter_expr="count")
second = sf.SlidingFeatureView("second", source=events, features=[
    sf.Feature("a", sf.SlidingWindowTransform("count", "SUM", "90 s", "1 minute", ["user_id"])),
    sf.Feature("b", sf.SlidingWindowTransform("count", "SUM", "90 seconds", "1 minute", ["user_id"])),
    sf.Feature("c", "count", dtype=sf.Int32),
])
third = sf.DerivedFeatureView("third", source=first, features=["a", "b", sf.Feature("g", "a + b")])
job = sf.Materialization("job", third, sf.FileSystemSink("out", data_format="text"))
"""

SAID = (
    "events: data_format cannot be 'jsno'.",
    "events: the timestamp_format '%Y-%m-%d %H:%M:%Q' has the unknown code '%Q'.",
    "first, feature 'a': there is no column 'cuont'. Did you mean 'count'?",
    "first, feature 'b': there is no function COALESC. Did you mean COALESCE?",
    "first, feature 'c': * does not take (STRING, INT).",
    "first, feature 'd': there is no table 'price'. Did you mean 'prices'?",
    "first, feature 'e': the join key 'item_id' is not a column.",
    "first, feature 'f': window_size: the duration '2 minuts' cannot be read.",
    "first, feature 'f': the feature is there twice.",
    "first: the filter_expr is BIGINT, not a condition.",
    "second, feature 'a': window_size: the duration '90 s' cannot be read.",
    "second, feature 'b': the window_size (90 seconds) is not a multiple of the step_size (1 minute).",
    "job: data_format cannot be 'text'.",
)


def problems_of(target: Any, **more: Any) -> list[Problem]:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(target, **more)
    return list(caught.value.problems)


def test_a_file_of_mistakes_gives_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "features.py"
    file.write_text(TEN, encoding="utf-8")
    definitions = load(file)
    said = [str(problem) for problem in problems_of(definitions.all_targets(), tables=definitions.tables)]
    missing = [start for start in SAID if not any(one.startswith(start) for one in said)]
    assert missing == []
    assert len(said) == len(SAID), "\n".join(said)


@pytest.mark.parametrize("call", [sf.plan, sf.validate])
def test_every_call_says_them(call: Any, tmp_path: Path) -> None:
    target = [derived(Feature("x", "nn")), derived(Feature("x", "mm"), name="other")]
    with pytest.raises(sf.DefinitionError, match="3 mistakes in the definition"):
        call(target)  # the third: both views have a source of their own, called events


WRONG = Feature("x", "nn")
PARSED_WRONG = Feature("x", "n +")
EVENTS = events()

FOLLOWERS: dict[str, Any] = {
    "a feature that reads it": derived(WRONG, Feature("y", "x + 1"), Feature("z", "UPPER(y)")),
    "a feature that reads one that cannot be parsed": derived(PARSED_WRONG, Feature("y", "x + 1")),
    "a window over it": derived(WRONG, Feature("y", over("x")), Feature("z", "y / 2")),
    "a filter over it": derived(WRONG, filter_expr="x > 1"),
    "a key that is it": derived(WRONG, Feature("y", over(keys=["x"]))),
    "a join by it": derived(WRONG, Feature("y", join(keys={"x": "id"}))),
    "a view over it": derived("x", Feature("y", "x + 1"), name="top", source=derived(WRONG)),
    "a view over one that cannot be parsed": derived("x", name="top", source=derived(PARSED_WRONG)),
    "a join onto it": derived(
        Feature("y", join("x", derived(WRONG, "id", name="right", keys=["id"], source=EVENTS))),
        source=EVENTS,
    ),
    "a sliding view over it": sliding(Feature("y", slide("x")), name="top", source=derived(WRONG, "id")),
    "a view over wrong windows": derived(
        "id", Feature("y", "x + 1"), "window_time", name="top",
        source=sliding(Feature("x", slide(size="90 seconds"))),
    ),
    "a join onto wrong windows": derived(
        Feature("y", join("x", sliding(Feature("x", slide(size="1 s")), source=EVENTS))),
        name="top", source=EVENTS,
    ),
    "a view over a source whose time is wrong": derived(
        Feature("y", over()), source=events(timestamp_field="time")
    ),
    "a join onto a source whose time is wrong": derived(
        Feature("y", join(table=prices(timestamp_format="%Q")))
    ),
    "a join onto a source whose keys are wrong": derived(Feature("y", join(table=prices(keys=["i"])))),
    "a view over a source whose column has no type": derived(
        "n", Feature("y", "n + 1"), Feature("z", over()),
        source=events(schema={"id": sf.String, "n": int, "at": sf.String}),
    ),
    "a time that has no type": derived("n", source=events(schema={"n": sf.Int64, "at": str})),
    "a view over one of a wrong kind": derived(
        "x", name="top", source=sf.DerivedFeatureView("v", source=EVENTS, features="x")  # type: ignore[arg-type]
    ),
    "windows that cannot be parsed": sliding(Feature("x", slide("n +"))),
    "windows over an input that cannot be parsed": sliding(PARSED_WRONG, Feature("y", slide("x"))),
    "a job that writes it": sf.Materialization("job", derived(WRONG), sf.PrintSink()),
}  # fmt: skip


@pytest.mark.parametrize("target", FOLLOWERS.values(), ids=FOLLOWERS)
def test_what_follows_from_a_mistake_is_none(target: Any) -> None:
    problems = problems_of(target)
    assert len(problems) == 1, "\n".join(map(str, problems))


def test_a_mistake_beside_one_that_is_read_is_said() -> None:
    view = derived("x", Feature("y", "x + m"), name="top", source=derived(WRONG, "n"))
    assert [str(problem) for problem in problems_of(view)] == [
        "view, feature 'x': there is no column 'nn'. Did you mean 'n'?",
        "top, feature 'y': there is no column 'm'. There are: at, x, n.",
    ]


def test_views_that_go_round_in_a_circle() -> None:
    joined = [derived(Feature("x", join("n", other, keys=["id"])), "n", "id", name=name, source=EVENTS)
              for name, other in (("one", "two"), ("two", "three"), ("three", "one"))]  # fmt: skip
    assert [str(problem) for problem in problems_of(joined[0], tables=joined)] == [
        "one: the views go round in a circle: one reads two reads three reads one. Leave one out."
    ]


@pytest.mark.parametrize("timezone", ["Europe/Pariss", "", "../etc/passwd", "UTC\n", "\0", 3, b"UTC"])
def test_a_time_zone_that_is_none(timezone: Any) -> None:
    with pytest.raises(sf.SettingsError, match="there is no time zone"):
        sf.plan(derived("n"), timezone=timezone)


def test_the_nearest_time_zone_is_named() -> None:
    with pytest.raises(sf.SettingsError, match="Did you mean 'Europe/Paris'"):
        sf.plan(derived("n"), timezone="Europe/Pariss")


def test_the_nearest_dialect_is_named() -> None:
    with pytest.raises(sf.SettingsError, match=r"there is no dialect 'sprak'\. Did you mean 'spark'"):
        sf.render(derived("n"), "sprak")


def test_a_session_of_another_kind() -> None:
    with pytest.raises(sf.EngineError, match="dict is not a session that sqlfeat knows"):
        sf.run(derived("n"), {})
