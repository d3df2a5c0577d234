"""The buyer and the seller of a trade are both users: one table is joined twice, by other columns
of the trade, and brings its level under two names.
"""

import sqlfeat as sf

trades = sf.FileSystemSource(
    "trades",
    path="trades.jsonl",
    data_format="json",
    schema={"buyer": sf.String, "seller": sf.String, "time": sf.String},
    keys=["buyer"],
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
    "trades_with_levels",
    source=trades,
    features=[
        sf.Feature("buyer_level", sf.JoinTransform(users, "level", keys={"buyer": "user_id"})),
        sf.Feature("seller_level", sf.JoinTransform(users, "level", keys={"seller": "user_id"})),
    ],
)
