"""The window's time is a TIMESTAMP, whose value does not depend on the zone in which the sources'
texts are read; the next view reads it like any column.
"""

import sqlfeat as sf

timezone = "Europe/Paris"

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
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "1 hour", "30 minutes", ["user"])),
    ],
)
