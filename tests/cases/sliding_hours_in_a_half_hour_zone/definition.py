"""In Kolkata, five and a half hours ahead of UTC, windows of an hour end at the full hours of its
clocks.
"""

import sqlfeat as sf

timezone = "Asia/Kolkata"

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
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "2 hours", "1 hour", ["user"])),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%dT%H:%M:%S",
)
