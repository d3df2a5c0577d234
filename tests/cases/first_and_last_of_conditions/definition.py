"""The first and the last value of a condition: an operator's result, not a column, is what counts."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "page": sf.String, "time": sf.Timestamp},
    timestamp_field="time",
)


def last_hour(expr: str, agg_func: str) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, "1 hour", "1 hour", ["user"])


target = sf.SlidingFeatureView(
    "sessions",
    source=events,
    features=[
        sf.Feature("began_at_home", last_hour("page LIKE 'home%'", "FIRST_VALUE")),
        sf.Feature("ended_at_home", last_hour("page LIKE 'home%'", "LAST_VALUE")),
        sf.Feature("ended_outside", last_hour("NOT page = 'home'", "LAST_VALUE")),
    ],
)
