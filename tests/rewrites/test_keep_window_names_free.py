"""Inputs of windows have no columns named like what an engine adds to a window."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.keep_window_names_free import keep_window_names_free
from tests.rewrites.plans import TIME, below_columns, plan, schemas, slide, sliding

EVENTS = sf.FileSystemSource(
    "events",
    path="events.json",
    schema={"window_end": sf.String, "window_time": sf.Int64, "n": sf.Int64, "at": sf.String},
    **TIME,
)
NAMED = sf.SlidingFeatureView(
    "view",
    source=EVENTS,
    features=[
        Feature(
            "x",
            sf.SlidingWindowTransform(
                "window_time", "SUM", "2 minutes", "1 minute", ["window_end"], filter_expr="n > 0"
            ),
        )
    ],
    timestamp_field="until",
)


def test_columns_are_renamed_and_a_key_gets_its_name_back() -> None:
    text = below_columns(keep_window_names_free(plan(NAMED)))
    assert "columns: window_end = window_end_of_row\n" in text
    assert "keys: window_end_of_row\n" in text
    assert "x = SUM(window_time_of_row) where >(n, 0)" in text
    assert "columns: window_time_of_row = window_time\n" in text


def test_what_is_not_read_is_left_out() -> None:
    below = sliding(Feature("x", slide("n", "SUM")))
    above = sliding(Feature("y", slide("x", "SUM")), source=below, name="above")
    text = below_columns(keep_window_names_free(plan(above)), "view above")
    assert "window_time = window_time" not in text
    assert "columns: x = x\n" in text


def test_the_event_time_stands_first() -> None:
    text = below_columns(keep_window_names_free(plan(NAMED)))
    time, renamed = (text.index(f"columns: {name} = ") for name in ("event_time", "window_time_of_row"))
    assert time < renamed


def test_columns_stay() -> None:
    made = plan(NAMED)
    assert schemas(keep_window_names_free(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(sliding(Feature("x", slide("n", "SUM"))))
    assert keep_window_names_free(made) == made
