"""Steps of two days end at every other midnight, counted from 1970-01-01, and windows of four
days hold two of them, the short Sunday of spring included.
"""

import sqlfeat as sf

timezone = "America/New_York"

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
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "4 days", "2 days", ["user"])),
        sf.Feature("last_two", sf.SlidingWindowTransform("amount", "SUM", "2 days", "2 days", ["user"])),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d",
)
