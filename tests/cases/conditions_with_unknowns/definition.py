"""Conditions in three-valued logic: a comparison with NULL is neither true nor false, and AND,
OR, NOT, IN and BETWEEN make of it what SQL does.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"a": sf.Int64, "b": sf.Int64, "p": sf.Boolean, "q": sf.Boolean, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("equal", "a = b"),
        sf.Feature("different", "a <> b"),
        sf.Feature("less", "a < b"),
        sf.Feature("both", "p AND q"),
        sf.Feature("either", "p OR q"),
        sf.Feature("opposite", "NOT p"),
        sf.Feature("one_of", "a IN (1, b)"),
        sf.Feature("none_of", "a NOT IN (1, b)"),
        sf.Feature("within", "a BETWEEN 1 AND b"),
        sf.Feature("outside", "a NOT BETWEEN 1 AND b"),
        sf.Feature("same", "a IS NOT DISTINCT FROM b"),
        sf.Feature("changed", "a IS DISTINCT FROM b"),
        sf.Feature("unknown", "p IS NULL"),
        sf.Feature("known", "p IS NOT NULL"),
        sf.Feature("is_true", "p IS TRUE"),
        sf.Feature("is_not_true", "p IS NOT TRUE"),
        sf.Feature("is_false", "p IS FALSE"),
        sf.Feature("is_not_false", "p IS NOT FALSE"),
    ],
    keep_source_fields=True,
)
