"""Windows over a sliding view count the rows that come out of it: how often a user's total changed,
an emptied window among the changes.
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

recent = sf.SlidingFeatureView(
    "recent",
    source=events,
    features=[
        sf.Feature(
            "total", sf.SlidingWindowTransform("amount", "SUM", "2 minutes", "1 minute", ["user"])
        ),
    ],
    enable_empty_window_output=True,
    skip_same_window_output=True,
)

target = sf.SlidingFeatureView(
    "changes",
    source=recent,
    features=[
        sf.Feature(
            "changes", sf.SlidingWindowTransform("*", "COUNT", "10 minutes", "5 minutes", ["user"])
        ),
        sf.Feature(
            "greatest", sf.SlidingWindowTransform("total", "MAX", "10 minutes", "5 minutes", ["user"])
        ),
    ],
    enable_empty_window_output=True,
)
