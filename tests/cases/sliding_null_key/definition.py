"""Rows whose key is NULL have windows of their own."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "shop": sf.Int32, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "total",
            sf.SlidingWindowTransform("amount", "SUM", "1 minute", "1 minute", ["user", "shop"]),
        ),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
