"""Times are whole seconds since 1970, also far beyond the year in which 32 bits end; the other
table counts milliseconds.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"item": sf.String, "at": sf.Int64},
    timestamp_field="at",
    timestamp_format="epoch",
)

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    data_format="json",
    schema={"item": sf.String, "price": sf.Float64, "at": sf.Int64},
    keys=["item"],
    timestamp_field="at",
    timestamp_format="epoch_millis",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("last_two_seconds", sf.OverWindowTransform("*", "COUNT", "2 seconds")),
    ],
    keep_source_fields=True,
)
