"""Windows with a limit at rows before which nothing matches: counts and sums are 0, the others NULL.
Found by a random definition: Flink read -1 from an array that was not there.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={"user": sf.String, "state": sf.String, "price": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def latest(expr: str, agg_func: str, size: str | None = None) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, agg_func, size, ["user"], filter_expr="state = 'paid'", limit=2)


target = sf.DerivedFeatureView(
    "paid_so_far",
    source=orders,
    features=[
        sf.Feature("prices", latest("price", "COUNT")),
        sf.Feature("different_prices", latest("price", "COUNT_DISTINCT")),
        sf.Feature("total", latest("price", "SUM")),
        sf.Feature("least", latest("price", "MIN")),
        sf.Feature("prices_of_an_hour", latest("price", "COUNT", "1 hour")),
    ],
    keep_source_fields=True,
)
