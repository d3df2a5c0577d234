"""A price counts from when it became known: of those known, the latest in its own time. One that was
corrected later, or never became known, does not take its place.
"""

import sqlfeat as sf

dialects = ["spark", "flink_batch"]

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={"item_id": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    data_format="json",
    schema={
        "item_id": sf.String,
        "price": sf.Float64,
        "shops": sf.Map(sf.String, sf.Int64),
        "version": sf.Int64,
        "known_at": sf.Timestamp,
        "time": sf.String,
    },
    keys=["item_id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def price(expr: str = "price", **more: object) -> sf.JoinTransform:
    return sf.JoinTransform(prices, expr, known_at="known_at", tie_breaker="version", **more)


target = sf.DerivedFeatureView(
    "purchases_with_price",
    source=purchases,
    features=[
        sf.Feature("price", price()),
        sf.Feature("shops", price("shops")),
        sf.Feature("price_before", price(strict=True)),
        sf.Feature("fresh_price", price(ttl="10 minutes")),
        sf.Feature("price_known_now", sf.JoinTransform(prices, "price", tie_breaker="version")),
    ],
    keep_source_fields=True,
)
