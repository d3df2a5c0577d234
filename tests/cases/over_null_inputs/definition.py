"""Every aggregate ignores NULLs: of a window that holds only NULLs, SUM and COUNT are 0 and the
others NULL, and the first and last values are the first and last that are known.
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
        sf.Feature("total", sf.OverWindowTransform("amount", "SUM", "1 minute", ["user"])),
        sf.Feature("known", sf.OverWindowTransform("amount", "COUNT", "1 minute", ["user"])),
        sf.Feature("rows", sf.OverWindowTransform("*", "COUNT", "1 minute", ["user"])),
        sf.Feature("mean", sf.OverWindowTransform("amount", "AVG", "1 minute", ["user"])),
        sf.Feature("least", sf.OverWindowTransform("amount", "MIN", "1 minute", ["user"])),
        sf.Feature("greatest", sf.OverWindowTransform("amount", "MAX", "1 minute", ["user"])),
        sf.Feature("first", sf.OverWindowTransform("amount", "FIRST_VALUE", "1 minute", ["user"])),
        sf.Feature("last", sf.OverWindowTransform("amount", "LAST_VALUE", "1 minute", ["user"])),
    ],
    keep_source_fields=True,
)
