"""Divisors that a planner knows without a row: a constant, and a column of which a filter leaves one
value. None may stop it, and a quotient by zero is NULL.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    schema={"id": sf.Int32, "pieces": sf.Int64, "at": sf.Timestamp},
    timestamp_field="at",
)

without_pieces = sf.DerivedFeatureView(
    "without_pieces", source=events, features=["id", "pieces"], filter_expr="pieces = 0"
)

target = sf.DerivedFeatureView(
    "shares",
    source=without_pieces,
    features=[
        "id",
        sf.Feature("share", "10 / pieces"),
        sf.Feature("whole_share", "10 DIV pieces"),
        sf.Feature("by_zero", "7 DIV 0"),
        sf.Feature("by_two", "7 DIV 2"),
        sf.Feature("by_a_constant", "100 DIV TRY_CAST('-8' AS BIGINT)"),
    ],
)
