"""The least and the greatest of bytes go by the bytes one after the other, whatever has left a window."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "code": sf.Bytes, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(agg_func: str, size: str | None = "1 minute", **more: object) -> sf.OverWindowTransform:
    return sf.OverWindowTransform("code", agg_func, size, ["user"], **more)


rows = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("least", over("MIN")),
        sf.Feature("greatest", over("MAX")),
        sf.Feature("greatest_so_far", over("MAX", None)),
        sf.Feature("least_of_2", over("MIN", limit=2)),
        sf.Feature("greatest_of_b", over("MAX", filter_expr="code > CAST('b' AS BYTES)")),
    ],
    keep_source_fields=True,
)


def slide(agg_func: str, size: str) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform("code", agg_func, size, "1 minute", ["user"])


windows = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("least_of_windows", slide("MIN", "1 minute")),
        sf.Feature("greatest_of_windows", slide("MAX", "3 minutes")),
    ],
)

target = sf.DerivedFeatureView(
    "features",
    source=rows,
    features=[
        sf.Feature("least_lately", sf.JoinTransform(windows, "least_of_windows")),
        sf.Feature("greatest_lately", sf.JoinTransform(windows, "greatest_of_windows")),
    ],
    keep_source_fields=True,
)
