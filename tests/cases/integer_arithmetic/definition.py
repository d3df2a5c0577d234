"""Whole numbers are computed in 64 bits, also where the columns have 32; a quotient is a DOUBLE
unless DIV asks for a whole one, which is cut toward zero, and a remainder has the dividend's
sign.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"a": sf.Int32, "b": sf.Int32, "c": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("sum", "a + b"),
        sf.Feature("difference", "a - b"),
        sf.Feature("product", "a * b"),
        sf.Feature("big", "c * 2 + a"),
        sf.Feature("opposite", "-a"),
        sf.Feature("quotient", "a / b"),
        sf.Feature("whole", "a DIV b"),
        sf.Feature("rest", "a % b"),
        sf.Feature("size", "ABS(a)"),
        sf.Feature("total", sf.OverWindowTransform("a", "SUM")),
        sf.Feature("mean", sf.OverWindowTransform("b", "AVG")),
    ],
    keep_source_fields=True,
)
