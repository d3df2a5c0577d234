"""Windows of an hour and two run in real time in the night in which New York's clocks skip an
hour: each is as long as it says, and 01:59 and 03:00 by the clock are a minute apart.
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
