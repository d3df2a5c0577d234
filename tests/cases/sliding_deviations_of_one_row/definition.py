"""Deviations of a sample, of values that are never NULL: of one row there is none. Found by a random
definition: Flink gave -1, for it takes the deviation of such values for one that is never NULL.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={"user": sf.String, "price": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def slide(expr: str, agg_func: str, **more: object) -> sf.SlidingWindowTransform:
    size = more.pop("size", "2 minutes")
    return sf.SlidingWindowTransform(expr, agg_func, size, "1 minute", ["user"], **more)


target = sf.SlidingFeatureView(
    "deviations",
    source=orders,
    features=[
        sf.Feature("variance", slide("COALESCE(price, 0)", "VAR_SAMP")),
        sf.Feature("deviation", slide("COALESCE(price, 0)", "STDDEV_SAMP", size="1 minute")),
        sf.Feature("of_dear", slide("COALESCE(price, 0)", "VAR_SAMP", filter_expr="price > 5")),
        sf.Feature("of_latest", slide("COALESCE(price, 0)", "VAR_SAMP", limit=2)),
        sf.Feature("of_all", slide("COALESCE(price, 0)", "VAR_POP", filter_expr="price > 5")),
        sf.Feature("average", slide("COALESCE(price, 0)", "AVG", filter_expr="price > 5")),
        sf.Feature("least", slide("COALESCE(price, 0)", "MIN", filter_expr="price > 5")),
        sf.Feature("last", slide("COALESCE(price, 0)", "LAST_VALUE", filter_expr="price > 5")),
    ],
)
