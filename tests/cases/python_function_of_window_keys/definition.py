"""Windows by a key that a Python function computes, and a function of what is in the windows."""

import math

import sqlfeat as sf

timezone = "Asia/Kolkata"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"name": sf.String, "cost": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "costs",
    source=events,
    features=[
        sf.Feature("name", sf.PythonUdfTransform(str.lower, ["name"], dtype=sf.String)),
        sf.Feature("total", sf.SlidingWindowTransform("cost", "SUM", "2 hours", "1 hour", ["name"])),
        sf.Feature("root", sf.PythonUdfTransform(math.sqrt, ["total"]), dtype=sf.Float64),
    ],
)
