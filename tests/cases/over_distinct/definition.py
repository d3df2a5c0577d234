"""How many different values a window holds: NULL is none, and the two zeros are one."""

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
        "day": sf.Date,
        "code": sf.Bytes,
        "member": sf.Boolean,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def different(expr: str, **more: str) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, "COUNT_DISTINCT", "1 minute", ["user"], **more)


target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("shops", different("shop")),
        sf.Feature("dear_shops", different("shop", filter_expr="price > 1")),
        sf.Feature("prices", different("price")),
        sf.Feature("amounts", different("cents")),
        sf.Feature("days", different("day")),
        sf.Feature("codes", different("code")),
        sf.Feature("kinds", different("member")),
        sf.Feature("shops_so_far", sf.OverWindowTransform("shop", "COUNT_DISTINCT")),
    ],
)
