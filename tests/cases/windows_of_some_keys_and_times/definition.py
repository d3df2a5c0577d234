"""The windows of one user and shop that end in a given hour, to the millisecond: the time of a window's
row is the last millisecond of the window.
"""

from datetime import UTC, datetime

import sqlfeat as sf

timezone = "America/New_York"
keys = [("ann", 7)]
start = "2022-03-13 01:59:59.999"
end = datetime(2022, 3, 13, 7, 29, 59, 999_000, tzinfo=UTC)

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "shop": sf.Int32, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "bought",
            sf.SlidingWindowTransform("amount", "SUM", "1 hour", "15 minutes", ["user", "shop"]),
        ),
    ],
)
