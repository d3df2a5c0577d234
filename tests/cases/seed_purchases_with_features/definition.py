"""A shop trains on its purchases: each with the item's price at that time, and with what the user
paid in the two minutes up to it.
"""

from datetime import timedelta

import sqlfeat as sf

purchases = sf.FileSystemSource(
    "purchase_events",
    path="purchase_events.jsonl",
    data_format="json",
    schema={
        "user_id": sf.String,
        "item_id": sf.String,
        "item_count": sf.Int32,
        "timestamp": sf.String,
    },
    timestamp_field="timestamp",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

prices = sf.FileSystemSource(
    "item_price_events",
    path="item_price_events.jsonl",
    data_format="json",
    schema={"item_id": sf.String, "price": sf.Float64, "timestamp": sf.String},
    keys=["item_id"],
    timestamp_field="timestamp",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "purchases_with_features",
    source=purchases,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature(
            "total_payment_last_two_minutes",
            sf.OverWindowTransform(
                "item_count * price",
                "SUM",
                window_size=timedelta(minutes=2),
                group_by_keys=["user_id"],
            ),
        ),
    ],
    keep_source_fields=True,
)
