"""An hour without its start, and an hour less a millisecond: two windows that hold the same rows."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "cost": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("total", sf.OverWindowTransform("cost", "SUM", "1 hour", ["user"], closed="right")),
        sf.Feature("most", sf.OverWindowTransform("cost", "MAX", "3599999 milliseconds", ["user"])),
        sf.Feature("rows", sf.OverWindowTransform("*", "COUNT", "1 hour", ["user"])),
    ],
    keep_source_fields=True,
)
