"""Timestamps that cannot be read are dropped with their rows, as the source asks: NULLs, days
that do not exist, digits that are missing, text before or after.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
    on_bad_timestamp="drop",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("total", sf.OverWindowTransform("amount", "SUM")),
    ],
    keep_source_fields=True,
)
