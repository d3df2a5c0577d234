"""Of rows with equal times, the first value is the least and the last value the greatest, so that
the result does not depend on the order of the file.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "city": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("first", sf.OverWindowTransform("amount", "FIRST_VALUE", "1 minute", ["user"])),
        sf.Feature("last", sf.OverWindowTransform("amount", "LAST_VALUE", "1 minute", ["user"])),
        sf.Feature("last_city", sf.OverWindowTransform("city", "LAST_VALUE", None, ["user"])),
        sf.Feature(
            "first_big",
            sf.OverWindowTransform("amount", "FIRST_VALUE", None, ["user"], filter_expr="amount >= 3"),
        ),
    ],
    keep_source_fields=True,
)
