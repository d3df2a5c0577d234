"""Days of New York around the night in which its clocks go back: that Sunday has 25 hours, all of
them in one window, and a week has seven midnights all the same.
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
            "last_week", sf.SlidingWindowTransform("amount", "COUNT", "1 week", "1 day", ["user"])
        ),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
