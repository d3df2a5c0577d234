"""Windows over the rows of windows: the greatest total of a minute among the last three, read by
the time that the first view stamps.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

minutes = sf.SlidingFeatureView(
    "minutes",
    source=events,
    features=[
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "1 minute", "1 minute", ["user"])),
    ],
    timestamp_format="epoch_millis",
)

target = sf.DerivedFeatureView(
    "best_minutes",
    source=minutes,
    features=[
        sf.Feature("best", sf.OverWindowTransform("total", "MAX", "2 minutes", ["user"])),
        sf.Feature("minutes_seen", sf.OverWindowTransform("*", "COUNT", "2 minutes", ["user"])),
    ],
    keep_source_fields=True,
)
