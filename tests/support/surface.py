"""Python functions, SELECTs of one's own, rows that are made up."""

from __future__ import annotations

from typing import Any

import sqlfeat as sf
from tests.definitions import TIME, derived, events, join, slide, sliding
from tests.support.construct import ALONE, Construct

SCHEMA = {"id": sf.String, "n": sf.Int64, "at": sf.String}


def twice(number: int | None) -> int | None:
    return None if number is None else 2 * number


def latest(instants: Any) -> Any:
    return None


def select(sql: Any, **more: Any) -> sf.SqlFeatureView:
    return sf.SqlFeatureView("chosen", sql, schema=SCHEMA, tables=[events()], **more)


def counted(**more: Any) -> sf.DataGenSource:
    counting = sf.SequenceField(1)
    schema = {"id": sf.Int64, "t": sf.Int64}
    fields = {"id": counting, "t": counting}
    return sf.DataGenSource(
        "made_up", schema=schema, keys=["id"], timestamp_field="t", timestamp_format="epoch",
        field_configs=fields, **more,
    )  # fmt: skip


FUNCTION = sf.PythonUdfTransform(twice, ["n"], dtype=sf.Int64)
OF_INSTANTS = sf.PythonUdfTransform(latest, ["many"], dtype=sf.Timestamp)
TWO = events(schema={"id": sf.String, "many": sf.Array(sf.Timestamp), "at": sf.String})
STRICT = join("t", counted(number_of_rows=1), keys={"n": "id"}, strict=True)

PYTHON = (
    Construct("a feature of a row", derived(sf.Feature("x", FUNCTION)), "python_functions"),
    Construct(
        "a key of windows",
        sliding(sf.Feature("n", FUNCTION), sf.Feature("f", slide(keys=["n"]))),
        "python_function_of_window_keys",
    ),
    Construct(
        "a feature of a window's row",
        sliding(
            sf.Feature("f", slide()), sf.Feature("g", sf.PythonUdfTransform(twice, ["f"], dtype=sf.Int64))
        ),
        "conformance/sliding_window__sliding_window_with_python_udf__empty_on__skip_same_on",
    ),
    Construct(
        "values of every type", derived(sf.Feature("x", FUNCTION)), "python_functions_of_every_type"
    ),
    Construct(
        "an instant inside of another value", derived(sf.Feature("x", OF_INSTANTS), source=TWO), ALONE
    ),
)

SELECTS = (
    Construct("one text", select("SELECT id, n, `at` FROM events"), "own_select"),
    Construct(
        "a text for each dialect",
        select({"flink": "SELECT id, n, `at` FROM events", "spark": "SELECT * FROM events"}),
        "own_select_with_time",
    ),
    Construct(
        "a text for another dialect alone", select({"spark": "SELECT * FROM events"}), "own_select"
    ),
    Construct(
        "rows of one table, with its time",
        derived("n", source=select("SELECT id, n, `at` FROM events", **TIME)),
        "own_select_with_time",
    ),
    Construct(
        "groups",
        select("SELECT id, SUM(n) AS n, MIN(`at`) AS t FROM events GROUP BY id"),
        "own_select_of_totals",
    ),
    Construct(
        "a computed time",
        derived("n", source=select("SELECT id, n, MAX(`at`) AS `at` FROM events GROUP BY id, n", **TIME)),
        "own_select",
    ),
)

MADE_UP = (
    Construct("a number of rows", counted(number_of_rows=3), "rows_that_are_made_up"),
    Construct("without end", counted(), "rows_that_are_made_up"),
    Construct(
        "`strict=True` onto it", derived(sf.Feature("x", STRICT)), "join_strictly_before_onto_views"
    ),
)
