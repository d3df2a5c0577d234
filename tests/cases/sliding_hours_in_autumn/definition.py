"""Windows of an hour run in real time in the night in which New York's clocks show every time
from 01:00 to 02:00 twice: the two hours are two windows.
"""

import sqlfeat as sf

timezone = "America/New_York"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S %z",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("last_hour", sf.SlidingWindowTransform("amount", "SUM", "1 hour", "1 hour", ["user"])),
        sf.Feature(
            "last_two_hours",
            sf.SlidingWindowTransform("amount", "SUM", "2 hours", "1 hour", ["user"]),
        ),
    ],
)
