"""The view keeps the rows for which its filter is true, after the features were computed: windows
have seen the others, and a filter that is NULL keeps nothing.
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

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("total", sf.OverWindowTransform("amount", "SUM", "1 hour", ["user"])),
        sf.Feature("mean", sf.OverWindowTransform("amount", "AVG", "1 hour")),
    ],
    keep_source_fields=True,
    filter_expr="total >= 3 AND amount < mean",
)
