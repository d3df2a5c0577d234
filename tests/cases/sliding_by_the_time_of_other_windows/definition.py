"""Windows by a key that is named window_time, the time of other windows. Found by a random definition: to
Flink's planner the key had its old name again, beside the window's own.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={"user": sf.String, "price": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

lasts = sf.SlidingFeatureView(
    "lasts",
    source=orders,
    features=[
        sf.Feature("last", sf.SlidingWindowTransform("user", "LAST_VALUE", "1 hour", "1 hour")),
    ],
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def slide(expr: str, agg_func: str, size: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, "1 hour", ["window_time"], **more)


target = sf.SlidingFeatureView(
    "by_time",
    source=lasts,
    features=[
        sf.Feature("reversed", "REVERSE(IF(TRUE, last, window_time))"),
        sf.Feature("are_there", slide("last IS NOT NULL", "COLLECT_LIST", "1 hour")),
        sf.Feature("how_many", slide("reversed", "COUNT_DISTINCT", "1 hour")),
        sf.Feature("latest", slide("last", "LAST_VALUE", "2 hours", limit=2)),
    ],
    timestamp_field="ends_at",
)
