"""The first and the last of values of other types, by event time. Of values of one time the tie-breaker
decides, and without it their order: that of arrays and structs goes by their elements.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "code": sf.Bytes,
        "sizes": sf.Array(sf.Int64),
        "place": sf.Struct(city=sf.String, nr=sf.Int32),
        "seen": sf.Timestamp,
        "tags": sf.Map(sf.String, sf.Int64),
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
        sf.Feature("first_code", over("code", "FIRST_VALUE")),
        sf.Feature("last_sizes", over("sizes", "LAST_VALUE")),
        sf.Feature("first_place", over("place", "FIRST_VALUE", "1 minute")),
        sf.Feature("last_seen", over("seen", "LAST_VALUE")),
        sf.Feature("last_tags", over("tags", "LAST_VALUE", tie_breaker="nr")),
        sf.Feature("all_sizes", over("sizes", "COLLECT_LIST", filter_expr="nr < 5")),
        sf.Feature("moments", over("seen", "COLLECT_LIST", limit=2)),
    ],
    skip_same_window_output=True,
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
