"""Tie-breakers and lists whose names are those that the SQL itself might use inside."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "value": sf.Int64,
        "place": sf.Int64,
        "one": sf.Int64,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(expr: str, agg_func: str, **more: object) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, agg_func, "1 minute", ["user"], **more)


target = sf.DerivedFeatureView(
    "events_with_lists",
    source=events,
    features=[
        sf.Feature("by_value", over("place", "COLLECT_LIST", tie_breaker="value")),
        sf.Feature("by_place", over("value", "COLLECT_LIST", tie_breaker="place")),
        sf.Feature("latest_by_one", over("value", "COLLECT_LIST", tie_breaker="one", limit=2)),
        sf.Feature("counts", over("one", "VALUE_COUNTS", tie_breaker="value", limit=2)),
    ],
    keep_source_fields=True,
)
