"""Training: each purchase with its price and with what its user paid lately, as CSV, on Spark."""

from datetime import timedelta

import sqlfeat as sf

TIME_FORMAT = "%Y-%m-%d %H:%M:%S"

purchases = sf.FileSystemSource(
    "purchase_events",
    path="data/purchase_events.json",
    data_format="json",
    schema={
        "user_id": sf.String,
        "item_id": sf.String,
        "item_count": sf.Int32,
        "timestamp": sf.String,
    },
    timestamp_field="timestamp",
    timestamp_format=TIME_FORMAT,
)

prices = sf.FileSystemSource(
    "item_price_events",
    path="data/item_price_events.json",
    data_format="json",
    schema={"item_id": sf.String, "price": sf.Float64, "timestamp": sf.String},
    keys=["item_id"],
    timestamp_field="timestamp",
    timestamp_format=TIME_FORMAT,
)

total_payment = sf.OverWindowTransform(
    "item_count * price",
    "SUM",
    window_size=timedelta(minutes=2),
    group_by_keys=["user_id"],
)

purchases_with_features = sf.DerivedFeatureView(
    "purchases_with_features",
    source=purchases,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("total_payment_last_two_minutes", total_payment),
    ],
    keep_source_fields=True,
)

backfill = sf.Materialization(
    "backfill",
    purchases_with_features,
    sf.FileSystemSink("output", data_format="csv"),
)
