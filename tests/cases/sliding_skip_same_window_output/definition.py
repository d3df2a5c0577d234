"""A row whose features all equal those of the key's row before it is left out, also where the key had
no rows in between: bob's second payment, an hour after the first, shows nothing new.
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
            "total", sf.SlidingWindowTransform("amount", "SUM", "3 minutes", "1 minute", ["user"])
        ),
        sf.Feature(
            "least", sf.SlidingWindowTransform("amount", "MIN", "3 minutes", "1 minute", ["user"])
        ),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
    skip_same_window_output=True,
)
