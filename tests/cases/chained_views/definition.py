"""Three views, each the source of the next: payments, their windows, and what is left of them;
the last one reads by the time of the first.
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

payments = sf.DerivedFeatureView(
    "payments",
    source=events,
    features=[sf.Feature("payment", "pieces * price"), "user"],
    keys=["user"],
)

great_payments = sf.DerivedFeatureView(
    "great_payments",
    source=payments,
    features=[
        sf.Feature("total", sf.OverWindowTransform("payment", "SUM", "1 minute", ["user"])),
    ],
    keep_source_fields=True,
    filter_expr="payment > 1.0",
)

target = sf.DerivedFeatureView(
    "streaks",
    source=great_payments,
    features=[
        sf.Feature("streak", sf.OverWindowTransform("*", "COUNT", "1 minute", ["user"])),
        sf.Feature("greatest_total", sf.OverWindowTransform("total", "MAX", "1 minute", ["user"])),
        "total",
    ],
)
