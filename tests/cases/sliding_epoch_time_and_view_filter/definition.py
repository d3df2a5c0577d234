"""The window's time in whole seconds, and a view that keeps the greater windows only: the filter
sees what comes out, and what is computed after the windows.
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

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "1 minute", "1 minute", ["user"])),
        sf.Feature("is_great", "total >= 3"),
    ],
    timestamp_field="until",
    timestamp_format="epoch",
    filter_expr="is_great AND until > 1641031259",
)
