"""Prices were corrected within the same second: of rows that tie in item and time, the one with
the greatest version wins, wherever it stands in the file.
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
        sf.Feature("price", sf.JoinTransform(prices, "price", tie_breaker="version")),
        sf.Feature("currency", sf.JoinTransform(prices, "currency", tie_breaker="version")),
    ],
    keep_source_fields=True,
)
