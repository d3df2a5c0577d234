"""Windows that end before a row's time: neither the row nor those of its time are in them. Where
they hold no row, lists are NULL; where none matches, they are empty.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(
    agg_func: str, closed: str, size: str | None = "1 minute", **more: object
) -> sf.OverWindowTransform:
    return sf.OverWindowTransform("amount", agg_func, size, ["user"], closed=closed, **more)


target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("left", over("SUM", "left")),
        sf.Feature("none", over("SUM", "none")),
        sf.Feature("before", over("COUNT", "left", None)),
        sf.Feature("number", over("ROW_NUMBER", "none", "1 day")),
        sf.Feature("last_before", over("LAST_VALUE", "left", None)),
        sf.Feature("great_ones", over("COLLECT_LIST", "left", filter_expr="amount > 4")),
        sf.Feature("counts", over("VALUE_COUNTS", "left")),
        sf.Feature("last_two", over("SUM", "left", None, limit=2)),
        sf.Feature("two_of_minute", over("SUM", "none", limit=2, filter_expr="amount > 1")),
        sf.Feature("list_of_two", over("COLLECT_LIST", "none", None, limit=2)),
    ],
    keep_source_fields=True,
)
