"""How often values of each type are there, over windows of sixty days that end every thirty at the
midnights of Newfoundland, two and a half or three and a half hours behind UTC.
"""

import sqlfeat as sf

timezone = "America/St_Johns"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "is_new": sf.Boolean,
        "price": sf.Float32,
        "cost": sf.Decimal(10, 2),
        "code": sf.Bytes,
        "day": sf.Date,
        "seen": sf.Timestamp,
        "value": sf.Int32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(expr: str, agg_func: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, "60 days", "30 days", ["user"], **more)


target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("news", over("is_new", "VALUE_COUNTS")),
        sf.Feature("prices", over("price", "VALUE_COUNTS")),
        sf.Feature("costs", over("cost", "VALUE_COUNTS", limit=2)),
        sf.Feature("codes", over("code", "VALUE_COUNTS")),
        sf.Feature("days", over("day", "VALUE_COUNTS", filter_expr="value > 1")),
        sf.Feature("moments", over("seen", "VALUE_COUNTS")),
        sf.Feature("values", over("price", "COLLECT_LIST", tie_breaker="value")),
        sf.Feature("last_day", over("day", "LAST_VALUE", tie_breaker="value")),
    ],
    enable_empty_window_output=True,
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
