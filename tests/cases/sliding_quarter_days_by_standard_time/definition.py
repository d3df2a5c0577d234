"""Windows of six hours end at midnight by New York's standard time, in summer at 01:00 by its
clocks, and hold six hours on every day.
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
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "12 hours", "6 hours", ["user"])),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)
