"""The stock of an item is counted per shop, so a join compares both; where one of the keys is
NULL, nothing matches.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    data_format="json",
    schema={"order_id": sf.Int64, "shop": sf.Int32, "item_id": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

stock = sf.FileSystemSource(
    "stock",
    path="stock.jsonl",
    data_format="json",
    schema={"shop": sf.Int32, "item_id": sf.String, "pieces": sf.Int64, "time": sf.String},
    keys=["shop", "item_id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "orders_with_stock",
    source=orders,
    features=[
        sf.Feature("pieces", sf.JoinTransform(stock, "pieces")),
        sf.Feature("pieces_anywhere", sf.JoinTransform(stock, "pieces", keys=["item_id"])),
    ],
    keep_source_fields=True,
)
