"""What an engine cannot do is refused before anything runs, with the reason."""

from __future__ import annotations

from typing import Any

import pytest

import sqlfeat as sf
from tests.definitions import NO_TIME, TIME, derived, events, join, over, slide, sliding

FLOATS = events(schema={"id": sf.String, "n": sf.Array(sf.Float64), "at": sf.String})
OF_MORE_LINES = events(schema={"a\nb": sf.Int64}, timestamp_field="a\nb", timestamp_format="epoch")
OF_BYTES = events(schema={"id": sf.String, "b": sf.Bytes, "at": sf.String})
KNOWN = events("known", schema={"id": sf.String, "n": sf.Int64, "k": sf.Timestamp, "at": sf.String})
REFUSED: dict[str, tuple[str, Any, str]] = {
    "line break in the name of a time": (
        "flink",
        derived(sf.Feature("x", "1"), source=OF_MORE_LINES),
        "field holds a line break, with which Flink cannot plan a watermark.",
    ),
    "backslash in a path": (
        "flink",
        derived("id", source=events(path="a\\b.json")),
        "holds '\\\\': Flink",
    ),
    "key that is always NULL": (
        "flink",
        derived(
            sf.Feature("key", "TRY_CAST('none' AS BIGINT)"),
            sf.Feature("x", sf.JoinTransform(events("others"), "n", keys={"key": "n"})),
        ),
        "view, feature 'x': its key key is computed from constants and may be NULL for every row",
    ),
    "repeated rows of uncompared values on flink": (
        "flink",
        sliding(sf.Feature("x", slide("n", "LAST_VALUE")), source=FLOATS, skip_same_window_output=True),
        "view, feature 'x': skip_same_window_output compares ARRAY<DOUBLE>",
    ),
    "repeated rows of uncompared values on spark": (
        "spark",
        sliding(sf.Feature("x", slide("n", "LAST_VALUE")), source=FLOATS, skip_same_window_output=True),
        "view, feature 'x': skip_same_window_output compares ARRAY<DOUBLE>",
    ),
    "list of bytes": (
        "flink",
        derived(sf.Feature("x", over("b", "COLLECT_LIST")), source=OF_BYTES),
        "COLLECT_LIST of BYTES: a list does not let go of BYTES when their row leaves",
    ),
    "known_at": (
        "flink",
        derived(sf.Feature("x", sf.JoinTransform(KNOWN, "n", keys=["id"], known_at="k"))),
        "known_at='k': a temporal join finds the latest version, and cannot fall back to the one before",
    ),
    "source that never ends": (
        "flink_batch",
        derived(
            "id",
            source=sf.KafkaSource(
                "events", bootstrap_server="here:9092", topic="t", schema={"id": sf.String}, **NO_TIME
            ),
        ),
        "events: it never ends, and batch mode waits for the end of what it reads. Bound it",
    ),
    "backslash in a path, in batch mode": (
        "flink_batch",
        derived("id", source=events(path="a\\b.json")),
        "holds '\\\\': Flink",
    ),
    "SELECT without a text for it": (
        "flink_batch",
        sf.SqlFeatureView(
            "view", {"spark": "SELECT id FROM events"}, schema={"id": sf.String}, tables=[events()]
        ),
        "view: its sql has no text for flink_batch.",
    ),
    "colon in a path": ("spark", derived("id", source=events(path="in/a:b.json")), "holds ':': Hadoop"),
    "topic to read": (
        "spark",
        derived(
            "id",
            source=sf.KafkaSource(
                "events", bootstrap_server="here:9092", topic="t", schema={"id": sf.String}, **NO_TIME
            ),
        ),
        "a KafkaSource cannot be read in batch yet",
    ),
}


@pytest.mark.parametrize(("dialect", "target", "says"), REFUSED.values(), ids=REFUSED)
def test_refused(dialect: str, target: Any, says: str) -> None:
    with pytest.raises(sf.UnsupportedError) as caught:
        sf.render(target, dialect=dialect)
    assert says in str(caught.value)


def test_a_file_that_engines_leave_out_is_refused() -> None:
    for path in ("_events.json", "folder/.events.json"):
        with pytest.raises(sf.DefinitionError, match="engines leave out a file or folder whose name"):
            sf.plan(derived("id", source=events(path=path, **TIME)))


def test_a_field_of_more_lines_is_named_by_its_place() -> None:
    source = events(schema={"id": sf.String, "two\nlines": sf.Int64, "at": sf.String})
    text = sf.render(derived(sf.Feature("x", "`two\nlines` + 1"), source=source), dialect="flink")
    assert '  U&"two\\000Alines" BIGINT,' in text
    assert "FROM events_stored AS stored (id, `two␤nlines`, `at`, event_time)" in text
    assert "`two␤nlines` + 1 AS x" in text


DAYS = sliding(
    sf.Feature("total", slide(size="2 days", step="1 day")), name="days", source=events("others")
)
BESIDE_DAYS: dict[str, tuple[Any, str]] = {
    "a list": (over("n", "COLLECT_LIST"), "its rows are put in order in windows of milliseconds"),
    "a window that ends before its row": (
        over(closed="left"),
        "the rows before its row are put later in windows of milliseconds",
    ),
    "a strict join": (
        join("total", DAYS, keys=["id"], strict=True),
        "the rows that it takes a value from are put later in windows of milliseconds",
    ),
}


@pytest.mark.parametrize(("transform", "says"), BESIDE_DAYS.values(), ids=BESIDE_DAYS)
def test_windows_of_milliseconds_are_refused_beside_days_of_a_clock_that_changes(
    transform: Any, says: str
) -> None:
    beside = sf.Feature("total", join("total", DAYS, keys=["id"]))
    view = derived(sf.Feature("x", transform), beside)
    for timezone in ("UTC", "Asia/Shanghai"):
        sf.render(view, "flink", timezone=timezone)
    with pytest.raises(sf.UnsupportedError, match=f"view, feature 'x': {says}, those of days"):
        sf.render(view, "flink", timezone="America/New_York")
