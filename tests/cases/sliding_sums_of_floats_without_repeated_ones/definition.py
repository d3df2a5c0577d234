"""The same numbers, added in another order, may differ in the last digit: such sums count as equal,
and a row is left out whichever way an engine adds. A change in the ninth digit counts.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "5 minutes", "1 minute")),
        sf.Feature("mean", sf.SlidingWindowTransform("amount", "AVG", "5 minutes", "1 minute")),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
    enable_empty_window_output=True,
    skip_same_window_output=True,
)
