"""Payments of users that are not known form one group: NULL is a key like any other in a window."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "is_app": sf.Boolean, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("by_user", sf.OverWindowTransform("amount", "SUM", "1 hour", ["user"])),
        sf.Feature("by_both", sf.OverWindowTransform("amount", "SUM", "1 hour", ["user", "is_app"])),
    ],
    keep_source_fields=True,
)
