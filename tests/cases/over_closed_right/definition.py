"""A window that does not hold its oldest instant: what is exactly a minute old counts no more. Without a
size there is no such instant.
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
        sf.Feature("both", sf.OverWindowTransform("amount", "SUM", "1 minute", ["user"])),
        sf.Feature(
            "right", sf.OverWindowTransform("amount", "SUM", "1 minute", ["user"], closed="right")
        ),
        sf.Feature("a_day", sf.OverWindowTransform("*", "COUNT", "1 day", ["user"], closed="right")),
        sf.Feature("all_so_far", sf.OverWindowTransform("amount", "SUM", None, ["user"], closed="right")),
        sf.Feature(
            "row_number",
            sf.OverWindowTransform("*", "ROW_NUMBER", "1 millisecond", ["user"], closed="right"),
        ),
    ],
    keep_source_fields=True,
)
