"""A price holds for ten minutes: at exactly ten it is a match, a millisecond later it is none,
and the older price does not come back either.
"""

import sqlfeat as sf

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "item_id": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
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
        sf.Feature("price", sf.JoinTransform(prices, "price", ttl="10 minutes")),
        sf.Feature("any_price", sf.JoinTransform(prices, "price")),
    ],
    keep_source_fields=True,
)
