"""The payments of a user stand in the file in another order than they happened: a window counts
by time, and comes out for each row.
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
        sf.Feature("total", sf.OverWindowTransform("amount", "SUM", "5 minutes", ["user"])),
        sf.Feature("first", sf.OverWindowTransform("amount", "FIRST_VALUE", None, ["user"])),
        sf.Feature("last", sf.OverWindowTransform("amount", "LAST_VALUE", None, ["user"])),
    ],
    keep_source_fields=True,
)
