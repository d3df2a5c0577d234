"""Neither the purchases nor the prices are in the order of time, and the prices of several items
are mixed; the file's order means nothing.
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
    ],
    keep_source_fields=True,
)
