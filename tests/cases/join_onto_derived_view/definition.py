"""The joined table is a view: prices with a discount, without those that were withdrawn. What the
view leaves out cannot match, so the price before it does.
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

discounted = sf.DerivedFeatureView(
    "discounted",
    source=prices,
    features=[sf.Feature("discounted_price", "price * 0.5")],
    filter_expr="price IS NOT NULL",
    keys=["item_id"],
)

target = sf.DerivedFeatureView(
    "purchases_with_price",
    source=purchases,
    features=[
        sf.Feature("price", sf.JoinTransform(discounted, "discounted_price")),
    ],
    keep_source_fields=True,
)
