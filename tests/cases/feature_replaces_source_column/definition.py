"""Features that have the name of a source column take its place among the columns, and what
stands below them reads the new value; the windows and the event time do not move.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("before", "amount"),
        sf.Feature("amount", "amount * 10"),
        sf.Feature("after", "amount + 1"),
        sf.Feature("total", sf.OverWindowTransform("amount", "SUM", "1 minute", ["user"])),
        sf.Feature("time", "'at ' || time"),
        sf.Feature("user", sf.OverWindowTransform("user", "COUNT", None, ["user"])),
    ],
    keep_source_fields=True,
)
