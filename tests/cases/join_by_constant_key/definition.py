"""The key of the join is a constant: each order takes the rate of one currency that was valid then."""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={"id": sf.Int32, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

rates = sf.FileSystemSource(
    "rates",
    path="rates.jsonl",
    schema={"currency": sf.String, "rate": sf.Float64, "time": sf.String},
    keys=["currency"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "orders_with_rate",
    source=orders,
    features=[sf.Feature("currency", "'EUR'"), "rates.rate"],
    keep_source_fields=True,
    tables=[rates],
)
