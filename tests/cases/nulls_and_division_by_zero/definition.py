"""A NULL makes every result NULL, and so does a division by zero, of every kind, whatever is
divided.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"a": sf.Int64, "b": sf.Int64, "x": sf.Float64, "y": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("sum", "a + b"),
        sf.Feature("quotient", "a / b"),
        sf.Feature("whole", "a DIV b"),
        sf.Feature("rest", "a % b"),
        sf.Feature("double_quotient", "x / y"),
        sf.Feature("mixed", "a / y"),
        sf.Feature("saved", "COALESCE(a / b, x / y, -1.0)"),
        sf.Feature("guarded", "a / NULLIF(b, 5)"),
        sf.Feature("text", "CAST(a AS STRING) || '/' || CAST(b AS STRING)"),
    ],
    keep_source_fields=True,
)
