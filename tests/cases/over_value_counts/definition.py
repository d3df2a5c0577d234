"""How many there are of each value in a window: NULL is none, the two zeros are one."""

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
        sf.Feature("of_each_shop", over("shop", "VALUE_COUNTS")),
        sf.Feature("dear_of_each_shop", over("shop", "VALUE_COUNTS", **dear)),
        sf.Feature("of_last_2", over("shop", "VALUE_COUNTS", limit=2)),
        sf.Feature("of_each_price", over("price", "VALUE_COUNTS")),
        sf.Feature("of_each_count", over("count", "VALUE_COUNTS", size=None)),
    ],
)
