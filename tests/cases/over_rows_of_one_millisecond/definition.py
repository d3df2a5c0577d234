"""Two payments of a user in the same millisecond, and two that are equal in everything: none is
lost, and each is in the window of the other.
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
        sf.Feature("total", sf.OverWindowTransform("amount", "SUM", "1 minute", ["user"])),
        sf.Feature("times", sf.OverWindowTransform(1, "COUNT", "1 minute", ["user"])),
    ],
    keep_source_fields=True,
)
