"""What a user paid in the last hour needs the price of each purchase at its own time, not at the
time of the row that looks back.
"""

import sqlfeat as sf

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "item_id": sf.String, "pieces": sf.Int32, "time": sf.String},
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
    "payments",
    source=purchases,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("payment", sf.col("pieces") * sf.col("price")),
        sf.Feature("paid_last_hour", sf.OverWindowTransform("payment", "SUM", "1 hour", ["user_id"])),
        sf.Feature(
            "mean_price_of_item",
            sf.OverWindowTransform("price", "AVG", None, ["item_id"], filter_expr="price > 1.0"),
        ),
    ],
    keep_source_fields=True,
)
