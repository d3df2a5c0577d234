"""Without keys, in windows of three days that end at the midnights of New York, over the change of its
clocks: the latest rows, lists and counts of values.
"""

import sqlfeat as sf

timezone = "America/New_York"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"city": sf.String, "amount": sf.Int64, "time": sf.Int64},
    timestamp_field="time",
    timestamp_format="epoch",
)


def over(expr: str, agg_func: str, size: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, "1 day", **more)


target = sf.SlidingFeatureView(
    "days",
    source=events,
    features=[
        sf.Feature("total", over("amount", "SUM", "3 days", limit=2)),
        sf.Feature("events", over("*", "COUNT", "3 days")),
        sf.Feature("cities", over("city", "COLLECT_LIST", "1 day")),
        sf.Feature("how_often", over("city", "VALUE_COUNTS", "2 days")),
    ],
    enable_empty_window_output=True,
    skip_same_window_output=True,
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)
