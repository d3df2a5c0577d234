"""One more row, of zeros and NULLs, when the largest window of a key has emptied: at the first gap, at
the second, and after the last rows of the input; for the key NULL too. It comes once for each gap.
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
        sf.Feature("times", sf.SlidingWindowTransform("*", "COUNT", "1 minute", "1 minute", ["user"])),
        sf.Feature(
            "greatest", sf.SlidingWindowTransform("amount", "MAX", "3 minutes", "1 minute", ["user"])
        ),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
    enable_empty_window_output=True,
)
