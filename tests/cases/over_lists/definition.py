"""The values of a window in a list, oldest first, without NULLs. Those of one time follow each other by
tie-breaker, then by value.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "shop": sf.String,
        "price": sf.Float64,
        "cents": sf.Decimal(10, 2),
        "count": sf.Int64,
        "day": sf.Date,
        "member": sf.Boolean,
        "tags": sf.Array(sf.Int64),
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(expr: str, agg_func: str, **more: object) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, agg_func, more.pop("size", "1 minute"), ["user"], **more)


dear = {"filter_expr": "price > 1"}

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("shops", over("shop", "COLLECT_LIST")),
        sf.Feature("shops_by_count", over("shop", "COLLECT_LIST", tie_breaker="count")),
        sf.Feature("dear_shops", over("shop", "COLLECT_LIST", **dear)),
        sf.Feature("last_2_so_far", over("shop", "COLLECT_LIST", size=None, limit=2, **dear)),
        sf.Feature("counts", over("count", "COLLECT_LIST")),
        sf.Feature("all_tags", over("tags", "COLLECT_LIST")),
    ],
)
