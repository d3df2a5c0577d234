"""A source without rows has no windows, not even empty ones."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "2 minutes", "1 minute")),
    ],
)
