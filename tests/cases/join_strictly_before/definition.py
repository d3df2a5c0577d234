"""What a user clicked at the very moment of a purchase is not known yet: with `strict`, a match
is before the row, never at its time.
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
    schema={"item_id": sf.String, "price": sf.Float64, "time": sf.String},
    keys=["item_id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "purchases_with_price",
    source=purchases,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("price_before", sf.JoinTransform(prices, "price", strict=True)),
    ],
    keep_source_fields=True,
)
