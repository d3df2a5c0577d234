"""Expressions around windows: those over the events' columns are inputs and do not come out;
those over keys and windows are computed from the windows' rows, in their order.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "pieces": sf.Int32, "price": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("payment", "pieces * price"),
        sf.Feature("payment_with_tax", "payment * 1.25"),
        sf.Feature(
            "total",
            sf.SlidingWindowTransform("payment_with_tax", "SUM", "2 minutes", "1 minute", ["user"]),
        ),
        sf.Feature(
            "pieces", sf.SlidingWindowTransform("pieces", "SUM", "2 minutes", "1 minute", ["user"])
        ),
        sf.Feature("mean_price", "total / pieces"),
        sf.Feature("label", "user || CASE WHEN mean_price > 3.0 THEN ' pays much' ELSE '' END"),
        sf.Feature("seen_at", "'until ' || until"),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
