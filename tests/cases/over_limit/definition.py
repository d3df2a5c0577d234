"""No more than the latest rows of a window count: of those that match, whatever their value. Of rows of
one time the greatest tie-breaker is the latest, else the greatest value. Rows that do not match come out.
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
        "version": sf.Int32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def latest(expr: str, agg_func: str, limit: int | None, **more: object) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(
        expr, agg_func, more.pop("size", "1 minute"), ["user"], limit=limit, **more
    )


paid = {"filter_expr": "kind = 'pay'"}

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("total", latest("amount", "SUM", None)),
        sf.Feature("total_of_2", latest("amount", "SUM", 2)),
        sf.Feature("total_of_2_so_far", latest("amount", "SUM", 2, size=None)),
        sf.Feature("paid_rows_of_2", latest("*", "COUNT", 2, **paid)),
        sf.Feature("paid_of_2", latest("amount + 0", "SUM", 2, **paid)),
        sf.Feature("least_paid_of_2", latest("amount + 0", "MIN", 2, **paid)),
        sf.Feature("paid_by_version", latest("amount", "SUM", 2, tie_breaker="version", **paid)),
        sf.Feature("first_of_2", latest("amount", "FIRST_VALUE", 2)),
        sf.Feature("two_of_all", sf.OverWindowTransform("amount", "SUM", "1 minute", limit=2)),
    ],
    keep_source_fields=True,
)
