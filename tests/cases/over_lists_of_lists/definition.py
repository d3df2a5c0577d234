"""Lists of lists, of what is never NULL and of what may be. Found by a random definition: to Flink a list
of `price IS NULL` holds no NULLs, and a list of such lists holds no others.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={"user": sf.String, "shop": sf.String, "price": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(expr: str, **more: object) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, "COLLECT_LIST", "1 minute", ["user"], **more)


flags = sf.DerivedFeatureView(
    "flags",
    source=orders,
    features=[
        sf.Feature("unpriced", "price IS NULL"),
        sf.Feature("all_unpriced", over("unpriced")),
        sf.Feature("two_unpriced", over("unpriced", limit=2)),
        sf.Feature("pair", "ARRAY[1, 2]"),
    ],
    keep_source_fields=True,
)

target = sf.DerivedFeatureView(
    "lists",
    source=flags,
    features=[
        sf.Feature("lists_of_all", over("all_unpriced", tie_breaker="shop")),
        sf.Feature("lists_of_two", over("two_unpriced", tie_breaker="shop")),
        sf.Feature("latest", over("all_unpriced", limit=1, tie_breaker="shop")),
        sf.Feature("pairs", over("pair", tie_breaker="shop")),
        sf.Feature("prices", over("ARRAY[price, 0]", tie_breaker="shop")),
    ],
    keep_source_fields=True,
)
