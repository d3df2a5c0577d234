"""Windows of an hour, in some of which the latest rows alone count. Those of some hours are asked for."""

import sqlfeat as sf

start = "2022-01-01 09:00:00"
end = "2022-01-01T12:00:00+01:00"

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={"user": sf.String, "cost": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def window(agg_func: str, size: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform("cost", agg_func, size, "1 hour", ["user"], **more)


target = sf.SlidingFeatureView(
    "windows",
    source=purchases,
    features=[
        sf.Feature("last_two", window("SUM", "1 hour", limit=2)),
        sf.Feature("all", window("SUM", "2 hours")),
    ],
)
