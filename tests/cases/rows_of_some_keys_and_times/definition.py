"""The rows of two users in one day of Paris, from its midnight up to the next: what the windows hold, and
the price that a row is joined with, come from rows that were not asked for, too.
"""

from datetime import date, datetime

import sqlfeat as sf

timezone = "Europe/Paris"
keys = ["ann", "bob's", "nobody"]
start = datetime(2022, 3, 27)
end = date(2022, 3, 28)

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    data_format="json",
    schema={"item": sf.String, "price": sf.Int64, "time": sf.String},
    keys=["item"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
sales = sf.FileSystemSource(
    "sales",
    path="sales.jsonl",
    data_format="json",
    schema={"user": sf.String, "item": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "sales_with_features",
    source=sales,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("bought", sf.OverWindowTransform("amount", "SUM", "1 day", ["user"])),
        sf.Feature("sold", sf.OverWindowTransform("amount", "SUM", "1 day", ["item"])),
    ],
    keep_source_fields=True,
    keys=["user"],
)
