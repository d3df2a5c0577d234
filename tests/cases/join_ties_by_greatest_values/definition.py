"""Without a tie_breaker, of rows that tie the one with the greatest joined values wins, in their
order and all from one row. (Each of these is also the last to arrive, which is what Flink takes.)
"""

import sqlfeat as sf

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "item_id": sf.String, "time": sf.String},
    keys=["user_id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    data_format="json",
    schema={
        "item_id": sf.String,
        "price": sf.Float64,
        "currency": sf.String,
        "version": sf.Int64,
        "time": sf.String,
    },
    keys=["item_id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "purchases_with_price",
    source=purchases,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("currency", sf.JoinTransform(prices, "currency")),
    ],
    keep_source_fields=True,
)
