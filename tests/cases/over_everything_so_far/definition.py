"""A window without keys and without a size: what happened in the whole file up to this row's
time, and, with a size, in its last minute.
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

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("total_so_far", sf.OverWindowTransform("amount", "SUM")),
        sf.Feature("rows_so_far", sf.OverWindowTransform("*", "COUNT")),
        sf.Feature("total_last_minute", sf.OverWindowTransform("amount", "SUM", "1 minute")),
        sf.Feature("own_total_so_far", sf.OverWindowTransform("amount", "SUM", None, ["user"])),
    ],
    keep_source_fields=False,
)
