"""Texts without an offset are read in New York's time, which is five hours behind UTC in winter
and four in summer; the prices carry their offsets.
"""

import sqlfeat as sf

timezone = "America/New_York"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"item": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%d.%m.%Y %H:%M",
)

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    data_format="json",
    schema={"item": sf.String, "price": sf.Float64, "time": sf.String},
    keys=["item"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%dT%H:%M:%S%z",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("so_far", sf.OverWindowTransform("*", "COUNT")),
    ],
    keep_source_fields=True,
)
