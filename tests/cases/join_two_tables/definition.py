"""Each purchase gets the price of its item and two columns of its user: two tables, each by its
own keys; the view's keys are those of both joins.
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

users = sf.FileSystemSource(
    "users",
    path="users.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "level": sf.Int32, "city": sf.String, "time": sf.String},
    keys=["user_id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "purchases_with_price",
    source=purchases,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("level", sf.JoinTransform(users, "level")),
        sf.Feature("city", sf.JoinTransform(users, "city")),
    ],
    keep_source_fields=False,
)
