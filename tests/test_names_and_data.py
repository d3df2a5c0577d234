"""Names and data with quotes, comments, templates, variables, newlines and emoji come through an
engine unharmed, wherever a name or a literal may stand.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import sqlfeat as sf
from sqlfeat.api import rows_of
from sqlfeat.settings import Settings
from tests.oracle import evaluate
from tests.oracle.equality import differences
from tests.rows import source_rows

PIECES = (
    "'", '"', "`", ";", "--", "/*", "*/", "{{ x }}", "{% y %}", "${env:HOME}", "$", "\n", "\t", "\\",
    "\\'", "%", "%s", "_", "🎉", "ü", "select", "user", " ", ".", "a", "B", "1", "''", "``", "\\n", "#}",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
NUMBER = itertools.count()


@st.composite
def different_names(draw: st.DrawFn) -> list[str]:
    """Draw names for everything that has one, no two alike whatever the case."""
    count = 9
    names = draw(
        st.lists(TEXTS, min_size=count, max_size=count, unique_by=lambda text: text.casefold().strip())
    )
    return [f"{name}{place}" for place, name in enumerate(names)]


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def source(table: str, columns: list[str], folder: Path, rows: list[list[Any]]) -> sf.FileSystemSource:
    """Return a source of a key, a number and a time, over a file in the folder."""
    path = folder / f"rows{next(NUMBER)}.jsonl"
    text = "".join(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    types = (sf.String, sf.Int64, sf.Int64)
    return sf.FileSystemSource(
        table,
        path=path.name,
        schema=dict(zip(columns, types, strict=True)),
        keys=[columns[0]],
        timestamp_field=columns[2],
        timestamp_format="epoch",
    )


def definition(names: list[str], data: list[str], folder: Path) -> sf.SlidingFeatureView:
    """Return a join, an over window, a filter, literals and a sliding window under these names."""
    left, right, key, number, time, middle, joined, total, last = names
    time = time.replace("\n", " ")  # Flink cannot plan a watermark on such a field
    rows = [[text, place, 100 + place] for place, text in enumerate(data)]
    columns = [key, number, time]
    events = source(left, columns, folder, rows)
    prices = source(right, columns, folder, rows)
    view = sf.DerivedFeatureView(
        middle,
        source=events,
        features=[
            sf.Feature(joined, sf.JoinTransform(prices, quoted(number), keys=[key])),
            sf.Feature(
                total,
                sf.OverWindowTransform(
                    quoted(number), "SUM", "1 minute", [key], f"{quoted(key)} <> {literal(data[0])}"
                ),
            ),
        ],
        filter_expr=f"{quoted(key)} IS NULL OR {quoted(key)} <> {literal(data[-1] + '!')}",
        keep_source_fields=True,
    )
    window = sf.SlidingWindowTransform(quoted(total), "SUM", "1 minute", "1 minute", [key])
    text = sf.ExpressionTransform(f"{literal(data[0])} || {quoted(key)}")
    return sf.SlidingFeatureView(
        last, source=view, features=[sf.Feature(joined, window), sf.Feature(number, text)]
    )


def check(engine: Any, names: list[str], data: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="it's `a` folder ") as folder:
        target = definition(names, data, Path(folder))
        found = evaluate(target, source_rows(target, Path(folder)))
        rows = rows_of(target, engine, Settings(root=folder))
        assert differences(found.rows, rows, found.columns) == []


HARD = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # to make a failing example smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.spark
@HARD
@given(names=different_names(), data=st.lists(TEXTS, min_size=2, max_size=4))
def test_spark(spark: Any, names: list[str], data: list[str]) -> None:
    check(spark, names, data)


@pytest.mark.flink
@HARD
@given(names=different_names(), data=st.lists(TEXTS, min_size=2, max_size=4))
def test_flink(flink: Any, names: list[str], data: list[str]) -> None:
    check(flink, names, data)


def check_written(engine: Any, folder: Path) -> None:
    names = [f"{place}\n{{{{ it's }}}} `{place}`; -- \\" for place in range(8)]
    target = definition([*names, "features"], ["a\nb", "c"], folder)
    sink = sf.FileSystemSink("out", data_format="json")
    sf.run(sf.Materialization("a\njob", target, sink), engine, settings=Settings(root=str(folder))).wait(
        120
    )
    parts = [part for part in (folder / "out").rglob("*") if part.is_file() and part.name[0] not in "._"]
    records = [json.loads(line) for part in parts for line in part.read_text("utf-8").splitlines()]
    assert records
    assert {names[2], names[6], names[3], "window_time"} >= set(records[0]) > {names[2]}


@pytest.mark.flink
def test_flink_writes_such_names(flink: Any, tmp_path: Path) -> None:
    check_written(flink, tmp_path)


@pytest.mark.spark
def test_spark_writes_such_names(spark: Any, tmp_path: Path) -> None:
    check_written(spark, tmp_path)


@given(text=TEXTS)
def test_control_characters_are_refused_and_nothing_else(text: str) -> None:
    events = sf.FileSystemSource("events", path="x", schema={text: sf.Int64})
    sf.plan(sf.DerivedFeatureView("view", source=events, features=[sf.Feature("two", quoted(text))]))
    wrong = sf.FileSystemSource("events", path="x", schema={text + "\x1e": sf.Int64})
    with pytest.raises(sf.DefinitionError):
        sf.plan(sf.DerivedFeatureView("view", source=wrong, features=[]))
