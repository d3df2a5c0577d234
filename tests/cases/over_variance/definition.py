"""Variances and standard deviations: of equal values 0, however large they are and whatever was in the
window before; of one value, those of a sample are NULL.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "price": sf.Float64, "count": sf.Int32, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(
    expr: str, agg_func: str, size: str | None = "1 minute", **more: object
) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, agg_func, size, ["user"], **more)


target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("variance", over("price", "VAR_POP")),
        sf.Feature("of_sample", over("price", "VAR_SAMP", filter_expr="price > 1")),
        sf.Feature("deviation", over("count", "STDDEV_POP")),
        sf.Feature("variance_so_far", over("price", "VAR_POP", None)),
        sf.Feature("deviation_so_far", over("count", "STDDEV_SAMP", None, filter_expr="price > 1")),
        sf.Feature("variance_of_2", over("count", "VAR_POP", limit=2)),
    ],
    keep_source_fields=True,
)
