"""Windows that count payments only: a window that holds nothing but refunds comes out, with zeros
and NULLs.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "kind": sf.String, "amount": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "paid",
            sf.SlidingWindowTransform(
                "amount", "SUM", "2 minutes", "1 minute", ["user"], filter_expr="kind = 'pay'"
            ),
        ),
        sf.Feature(
            "payments",
            sf.SlidingWindowTransform(
                "1", "COUNT", "2 minutes", "1 minute", ["user"], filter_expr="kind = 'pay'"
            ),
        ),
        sf.Feature(
            "greatest",
            sf.SlidingWindowTransform(
                "amount", "MAX", "2 minutes", "1 minute", ["user"], filter_expr="kind = 'pay'"
            ),
        ),
        sf.Feature(
            "all_rows", sf.SlidingWindowTransform("*", "COUNT", "2 minutes", "1 minute", ["user"])
        ),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
