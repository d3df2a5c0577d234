"""What all users paid together: windows without keys, and gaps where nothing happened at all."""

import sqlfeat as sf

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
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "2 minutes", "1 minute")),
        sf.Feature("mean", sf.SlidingWindowTransform("amount", "AVG", "2 minutes", "1 minute")),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
