"""Columns and a key that have the names which an engine gives to its windows."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "window_end": sf.String,
        "window_start": sf.Int64,
        "window_time": sf.Int64,
        "window": sf.Int64,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "total",
            sf.SlidingWindowTransform(
                "window_start * 2",
                "SUM",
                "2 minutes",
                "1 minute",
                ["window_end"],
                filter_expr="`window` > 0",
            ),
        ),
        sf.Feature(
            "first",
            sf.SlidingWindowTransform(
                "window_start", "FIRST_VALUE", "2 minutes", "1 minute", ["window_end"]
            ),
        ),
    ],
)
