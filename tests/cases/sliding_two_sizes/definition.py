"""A small window in one view with a large one: a row comes out while the large one holds a row,
and where the small one is empty, its SUM and COUNT are 0 and the others NULL.
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
        sf.Feature(
            "total_3m",
            sf.SlidingWindowTransform("amount", "SUM", "3 minutes", "1 minute", ["user"]),
        ),
        sf.Feature(
            "total_1m", sf.SlidingWindowTransform("amount", "SUM", "1 minute", "1 minute", ["user"])
        ),
        sf.Feature("times_1m", sf.SlidingWindowTransform("*", "COUNT", "1 minute", "1 minute", ["user"])),
        sf.Feature(
            "least_1m", sf.SlidingWindowTransform("amount", "MIN", "1 minute", "1 minute", ["user"])
        ),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
