"""Windows of several sizes and keys stand in one view, and do not disturb each other."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "shop": sf.Int32, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("user_1m", sf.OverWindowTransform("amount", "SUM", "1 minute", ["user"])),
        sf.Feature("user_1h", sf.OverWindowTransform("amount", "SUM", "1 hour", ["user"])),
        sf.Feature("user_1h_count", sf.OverWindowTransform("*", "COUNT", "1 hour", ["user"])),
        sf.Feature("shop_5m", sf.OverWindowTransform("amount", "MAX", "5 minutes", ["shop"])),
        sf.Feature("both_1h", sf.OverWindowTransform("amount", "SUM", "1 hour", ["user", "shop"])),
        sf.Feature("shop_ever", sf.OverWindowTransform("amount", "MIN", None, ["shop"])),
    ],
    keep_source_fields=True,
)
