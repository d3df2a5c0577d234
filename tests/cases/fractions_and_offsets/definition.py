"""Fractions of one to six digits, cut to milliseconds, and offsets in every form: the rows are in
the order of their instants, whatever their texts look like.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"row": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%dT%H:%M:%S.%f%z",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("so_far", sf.OverWindowTransform("*", "COUNT")),
        sf.Feature("same_time", sf.OverWindowTransform("*", "COUNT", "0 seconds")),
        sf.Feature("last_second", sf.OverWindowTransform("row", "SUM", "1 second")),
    ],
    keep_source_fields=True,
)
