"""A window of ten seconds holds the row that is exactly ten seconds older, and not the one that
is a millisecond older than that; a window of no length holds the rows of its own moment.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("last_10s", sf.OverWindowTransform("amount", "SUM", "10 seconds", ["user"])),
        sf.Feature("last_1ms", sf.OverWindowTransform("amount", "SUM", "1 millisecond", ["user"])),
        sf.Feature("now", sf.OverWindowTransform("amount", "SUM", "0 seconds", ["user"])),
    ],
    keep_source_fields=True,
)
