"""The windows' key is itself computed: the user in lower case with the shop; users who differ in
case fall into one window.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "shop": sf.Int32, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("who", "LOWER(user) || '@' || CAST(shop AS STRING)"),
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "1 hour", "1 hour", ["who"])),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
