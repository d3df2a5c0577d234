"""Wrong sources, sinks and types of columns: what is stored cannot be read or written so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from tests.definitions import NO_TIME, derived, events, over, slide, sliding

NESTED = {"id": sf.String, "list": sf.Array(sf.Int64), "at": sf.String}


EVENTS = events()


def job(name: str, path: Any) -> sf.Materialization:
    view = derived("id", name=f"{name}_view", source=EVENTS)
    return sf.Materialization(name, view, sf.FileSystemSink(path))


def of_type(dtype: Any) -> sf.DerivedFeatureView:
    return derived("id", source=events(schema={"id": sf.String, "x": dtype}, **NO_TIME))


MISTAKES: dict[str, tuple[Any, str]] = {
    "type in a list": (of_type(sf.Array(int)), "events: the column 'x' has no type: ARRAY<"),  # type: ignore[arg-type]
    "type in a map": (of_type(sf.Map(sf.String, "BIGINT")), "events: the column 'x' has no type: MAP<"),  # type: ignore[arg-type]
    "struct of nothing": (of_type(sf.Struct()), "events: the column 'x' has no type: STRUCT<>."),
    "declared list of no type": (
        derived(sf.Feature("x", "id", dtype=sf.Array(str))),  # type: ignore[arg-type]
        "view, feature 'x': ARRAY<<class 'str'>> is not a type.",
    ),
    "list in CSV": (
        derived("id", source=events(schema=NESTED, data_format="csv")),
        "events: the column 'list' is ARRAY<BIGINT>, for which CSV has no text.",
    ),
    "list written as CSV": (
        sf.Materialization(
            "job",
            derived("list", source=events(schema=NESTED)),
            sf.FileSystemSink("out", data_format="csv"),
        ),
        "job: the column 'list' is ARRAY<BIGINT>, for which CSV has no text.",
    ),
    "one column in CSV": (
        derived("id", source=events(schema={"id": sf.String}, data_format="csv", **NO_TIME)),
        "events: it has one column: in CSV a NULL alone is an empty line, which is no row.",
    ),
    "format of no column": (
        derived("id", source=events(timestamp_field=None)),
        "events: the timestamp_format '%Y-%m-%d %H:%M:%S' is of no column. Name the column",
    ),
    "idle_timeout of a source without a time": (
        derived("id", source=events(**NO_TIME, idle_timeout="soon")),
        "events: idle_timeout: the duration 'soon' cannot be read.",
    ),
    "key of a source twice": (
        derived("id", source=events(keys=["id", "id"])),
        "events: its keys cannot be ['id', 'id']. It is a list of names, each once",
    ),
    "key of a window twice": (
        derived(sf.Feature("x", over(keys=["id", "id"]))),
        "view, feature 'x': its group_by_keys cannot be ['id', 'id']. It is a list of names, each once",
    ),
    "no window_size": (
        sliding(sf.Feature("x", slide(size=None))),
        "view, feature 'x': there is no window_size.",
    ),
    "step_size that cannot be read": (
        sliding(sf.Feature("x", slide(step="often"))),
        "view, feature 'x': step_size: the duration 'often' cannot be read.",
    ),
    "folder that is written twice": (
        [job("one", "out"), job("two", Path("out/"))],
        "two: it writes to 'out', which one writes to. Take a folder of its own.",
    ),
    "folder that is written and read": (
        job("one", "events.json"),
        "one: it writes to 'events.json', which the source events reads.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("target", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_alone(target: Any, message: str) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(target)
    assert message in str(caught.value)
    (problem,) = {str(one) for one in caught.value.problems}
    assert problem.endswith((".", "?"))
