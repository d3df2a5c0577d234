"""Lists, oldest first, and how often each value is there, over windows of two sizes. Of rows of one time
the tie-breaker decides, then the value. A list is empty where a window holds rows of which none matches,
and NULL where it holds none. Rows that repeat the row before are left out: maps and lists compare by
value.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "city": sf.String,
        "amount": sf.Int64,
        "nr": sf.Int32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
    max_out_of_orderness="30 seconds",
)


def over(expr: str, agg_func: str, size: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, "1 minute", ["user"], **more)


target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("cities", over("city", "COLLECT_LIST", "3 minutes", tie_breaker="nr")),
        sf.Feature("amounts", over("amount", "COLLECT_LIST", "3 minutes")),
        sf.Feature("large", over("amount", "COLLECT_LIST", "1 minute", filter_expr="amount > 6")),
        sf.Feature("how_often", over("city", "VALUE_COUNTS", "3 minutes")),
        sf.Feature("lately", over("amount", "VALUE_COUNTS", "1 minute", filter_expr="amount <> 9")),
        sf.Feature("events", over("*", "COUNT", "2 minutes")),
        sf.Feature("twice", "events * 2"),
    ],
    enable_empty_window_output=True,
    skip_same_window_output=True,
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
