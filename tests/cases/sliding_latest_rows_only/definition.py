"""With a limit the most recent matching rows of a window count, those whose value is NULL too. Features
with several limits, and without one, stand in one view. Of rows of one time the tie-breaker decides which
is more recent, then the value.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "kind": sf.String,
        "amount": sf.Int64,
        "price": sf.Float64,
        "nr": sf.Int32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(expr: str, agg_func: str, size: str = "2 minutes", **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, "1 minute", ["user"], **more)


target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("total", over("amount", "SUM")),
        sf.Feature("last_two", over("amount", "SUM", limit=2)),
        sf.Feature("mean_of_two", over("amount", "AVG", limit=2)),
        sf.Feature("last_three", over("amount", "COUNT", limit=3)),
        sf.Feature("rows", over("*", "COUNT", limit=3)),
        sf.Feature("paid", over("amount", "SUM", limit=2, filter_expr="kind = 'pay'")),
        sf.Feature("recent_paid", over("amount", "MAX", "1 minute", limit=1, filter_expr="kind = 'pay'")),
        sf.Feature("by_nr", over("price * 2", "SUM", limit=1, tie_breaker="nr")),
        sf.Feature("second", over("amount", "FIRST_VALUE", limit=2)),
        sf.Feature("latest", over("amount", "LAST_VALUE", limit=2, filter_expr="kind = 'pay'")),
        sf.Feature("latest_nr", over("amount", "LAST_VALUE", tie_breaker="nr")),
        sf.Feature("two", over("amount", "COLLECT_LIST", limit=2)),
        sf.Feature("three_kinds", over("kind", "VALUE_COUNTS", limit=3, tie_breaker="nr")),
        sf.Feature("different", over("amount", "COUNT_DISTINCT", "1 minute", limit=3)),
        sf.Feature("spread", over("price", "STDDEV_SAMP", limit=3)),
    ],
    enable_empty_window_output=True,
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
