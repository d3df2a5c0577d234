"""A join onto a sliding view finds the window that is current, whose row may have been left out because
it repeats the row before, with its lists, its counts of values and what its latest rows give. Without a
current window, sums and counts are 0, and the others NULL.
"""

import sqlfeat as sf

TIME = {"timestamp_field": "time", "timestamp_format": "%Y-%m-%d %H:%M:%S"}

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "city": sf.String, "amount": sf.Int64, "time": sf.String},
    max_out_of_orderness="1 minute",
    **TIME,
)

visits = sf.FileSystemSource(
    "visits",
    path="visits.jsonl",
    data_format="json",
    schema={"id": sf.Int32, "user": sf.String, "time": sf.String},
    **TIME,
)


def over(expr: str, agg_func: str, size: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, "1 minute", ["user"], **more)


windows = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("latest", over("amount", "SUM", "3 minutes", limit=1)),
        sf.Feature("different", over("city", "COUNT_DISTINCT", "3 minutes")),
        sf.Feature("cities", over("city", "COLLECT_LIST", "3 minutes")),
        sf.Feature("how_often", over("city", "VALUE_COUNTS", "2 minutes")),
        sf.Feature("spread", over("amount", "VAR_POP", "3 minutes")),
    ],
    enable_empty_window_output=True,
    skip_same_window_output=True,
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "visits_with_windows",
    source=visits,
    features=[
        sf.Feature("latest", sf.JoinTransform(windows, "latest")),
        sf.Feature("different", sf.JoinTransform(windows, "different")),
        sf.Feature("cities", sf.JoinTransform(windows, "cities")),
        sf.Feature("how_often", sf.JoinTransform(windows, "how_often")),
        sf.Feature("spread", sf.JoinTransform(windows, "spread")),
    ],
    keep_source_fields=True,
)
