"""Days of New York around the night in which its clocks go forward: that Sunday has 23 hours, and
a window still ends at each midnight.
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
        sf.Feature("today", sf.SlidingWindowTransform("amount", "SUM", "1 day", "1 day", ["user"])),
        sf.Feature(
            "last_two_days", sf.SlidingWindowTransform("amount", "SUM", "2 days", "1 day", ["user"])
        ),
    ],
)
