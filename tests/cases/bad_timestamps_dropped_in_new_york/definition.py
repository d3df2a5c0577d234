"""Rows whose time cannot be read are left out before windows of an hour, west of Greenwich."""

import sqlfeat as sf

timezone = "America/New_York"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    schema={"amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
    on_bad_timestamp="drop",
)

target = sf.SlidingFeatureView(
    "hours",
    source=events,
    features=[sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "1 hour", "1 hour"))],
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
