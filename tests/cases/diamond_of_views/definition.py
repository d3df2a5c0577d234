"""One view is read twice, by a view of windows and by the target, which joins the windows to it."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "pieces": sf.Int32, "price": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

payments = sf.DerivedFeatureView(
    "payments",
    source=events,
    features=[sf.Feature("payment", "pieces * price")],
    keep_source_fields=True,
    keys=["user"],
)

minutes = sf.SlidingFeatureView(
    "minutes",
    source=payments,
    features=[
        sf.Feature("paid", sf.SlidingWindowTransform("payment", "SUM", "1 minute", "1 minute", ["user"])),
    ],
)

target = sf.DerivedFeatureView(
    "payments_with_minutes",
    source=payments,
    features=[
        "user",
        "payment",
        "minutes.paid",
        sf.Feature(
            "last_payment", sf.JoinTransform("events", "pieces * price", keys=["user"], strict=True)
        ),
    ],
    tables=[minutes, events],
)
