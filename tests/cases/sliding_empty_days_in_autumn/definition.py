"""Days of New York, with a row for a day that has emptied, around the night in which the clocks go
back: the empty day may be the one of 25 hours, and its row is stamped with that day's own end.
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
        sf.Feature("two_days", sf.SlidingWindowTransform("amount", "COUNT", "2 days", "1 day", ["user"])),
    ],
    enable_empty_window_output=True,
    skip_same_window_output=True,
)
