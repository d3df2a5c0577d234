"""What is joined is an expression over the joined table's row; without a match it is NULL, even
where the expression would make something of NULLs.
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
        sf.Feature("double_price", sf.JoinTransform(prices, sf.col("price") * 2)),
        sf.Feature("price_or_zero", sf.JoinTransform(prices, "COALESCE(price, 0.0)")),
        sf.Feature(
            "is_dear",
            sf.JoinTransform(prices, "CASE WHEN price > 10.0 THEN 'dear' ELSE 'cheap' END"),
        ),
    ],
    keep_source_fields=True,
)
