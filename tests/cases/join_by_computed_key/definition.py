"""The key of the join is a feature: the item's name in small letters. A key that
comes to NULL matches nothing.
"""

import sqlfeat as sf

TIME = {"timestamp_field": "time", "timestamp_format": "%Y-%m-%d %H:%M:%S"}

orders = sf.FileSystemSource(
    "orders", path="orders.jsonl", schema={"title": sf.String, "time": sf.String}, **TIME
)

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    schema={"item": sf.String, "price": sf.Float64, "time": sf.String},
    keys=["item"],
    **TIME,
)

target = sf.DerivedFeatureView(
    "priced",
    source=orders,
    features=[
        sf.Feature("item", "LOWER(title)"),
        sf.Feature("price", sf.JoinTransform(prices, "price", tie_breaker="price")),
    ],
    keep_source_fields=True,
)
