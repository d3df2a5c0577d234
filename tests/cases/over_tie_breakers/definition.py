"""Of rows of one time, the tie-breaker says which is the first and which the last, for values of every
type; without one, the values themselves do.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "amount": sf.Int64,
        "code": sf.Bytes,
        "at": sf.Timestamp,
        "tags": sf.Array(sf.Int64),
        "place": sf.Struct(y=sf.Int64, x=sf.String),
        "share": sf.Map(sf.String, sf.Int64),
        "version": sf.Int32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def first(expr: str, *by: str) -> sf.OverWindowTransform:
    tie_breaker = by[0] if by else None
    return sf.OverWindowTransform(expr, "FIRST_VALUE", "1 minute", ["user"], tie_breaker=tie_breaker)


def last(expr: str, *by: str) -> sf.OverWindowTransform:
    tie_breaker = by[0] if by else None
    return sf.OverWindowTransform(expr, "LAST_VALUE", "1 minute", ["user"], tie_breaker=tie_breaker)


target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("first_amount", first("amount", "version")),
        sf.Feature("last_by_code", last("amount", "code")),
        sf.Feature("first_code", first("code")),
        sf.Feature("last_code", last("code", "version")),
        sf.Feature("last_at", last("at", "version")),
        sf.Feature("last_tags", last("tags", "version")),
        sf.Feature("last_place", last("place", "version")),
        sf.Feature("last_share", last("share", "version")),
    ],
)
