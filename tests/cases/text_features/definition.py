"""Features given as text: a column of the source, and a column of another table that is joined by
that table's keys; what comes out are the keys, the time and the features.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "item": sf.String, "note": sf.String, "time": sf.String},
    keys=["user"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    data_format="json",
    schema={"item": sf.String, "price": sf.Float64, "list price": sf.Float64, "at": sf.Int64},
    keys=["item"],
    timestamp_field="at",
    timestamp_format="epoch",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=["note", "prices.price", "prices.`list price`", sf.Feature("double", "price * 2")],
    tables=[prices],
)
