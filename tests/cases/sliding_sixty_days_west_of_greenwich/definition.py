"""Windows of sixty and of ten days that end every five days at the midnights of the Marquesas, nine and a
half hours behind UTC, beside windows of an hour in the same script.
"""

import sqlfeat as sf

timezone = "Pacific/Marquesas"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(expr: str, agg_func: str, size: str, step: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, step, ["user"], **more)


hours = sf.SlidingFeatureView(
    "hours",
    source=events,
    features=[sf.Feature("amount", over("amount", "SUM", "1 hour", "1 hour"))],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "days",
    source=hours,
    features=[
        sf.Feature("amounts", over("amount", "COLLECT_LIST", "60 days", "5 days")),
        sf.Feature("recent", over("amount", "SUM", "10 days", "5 days", limit=2)),
        sf.Feature("total", over("amount", "SUM", "60 days", "5 days")),
    ],
    enable_empty_window_output=True,
    skip_same_window_output=True,
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)
