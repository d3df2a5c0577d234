"""The same shop serves online what each user paid in the last two minutes, every minute; its
timestamps carry an offset, and those of the view are those of Shanghai.
"""

from datetime import timedelta

import sqlfeat as sf

timezone = "Asia/Shanghai"

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
    timestamp_format="%Y-%m-%d %H:%M:%S %z",
)

prices = sf.FileSystemSource(
    "item_price_events",
    path="item_price_events.jsonl",
    data_format="json",
    schema={"item_id": sf.String, "price": sf.Float64, "timestamp": sf.String},
    keys=["item_id"],
    timestamp_field="timestamp",
    timestamp_format="%Y-%m-%d %H:%M:%S %z",
)

purchases_with_price = sf.DerivedFeatureView(
    "purchases_with_price",
    source=purchases,
    features=[sf.Feature("price", sf.JoinTransform(prices, "price"))],
    keep_source_fields=True,
)

target = sf.SlidingFeatureView(
    "user_online_features",
    source=purchases_with_price,
    features=[
        sf.Feature(
            "total_payment_last_two_minutes",
            sf.SlidingWindowTransform(
                "item_count * price",
                "SUM",
                window_size=timedelta(minutes=2),
                step_size=timedelta(minutes=1),
                group_by_keys=["user_id"],
            ),
        ),
    ],
    timestamp_field="timestamp",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
