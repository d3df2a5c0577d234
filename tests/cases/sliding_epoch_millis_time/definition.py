"""Time is a number on both ends: milliseconds come in, and the window's last millisecond comes
out.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "at": sf.Int64},
    timestamp_field="at",
    timestamp_format="epoch_millis",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "total", sf.SlidingWindowTransform("amount", "SUM", "10 seconds", "5 seconds", ["user"])
        ),
    ],
    timestamp_format="epoch_millis",
)
