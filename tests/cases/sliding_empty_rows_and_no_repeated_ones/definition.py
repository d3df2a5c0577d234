"""Both options: a key's rows say when something changes. A payment of another kind opens a window in
which the sum is still 0: that repeats the row of the emptied window and is left out. The view's filter
comes last: what it drops has been compared with. Whether it is still early changes by itself.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "kind": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "paid",
            sf.SlidingWindowTransform(
                "amount", "SUM", "2 minutes", "1 minute", ["user"], filter_expr="kind = 'pay'"
            ),
        ),
        sf.Feature("twice", "paid * 2"),
        sf.Feature("morning", "until < '2022-01-01 10:05:00'"),
        sf.Feature("by_noon", "CASE WHEN morning THEN 'early' ELSE 'late' END"),
    ],
    filter_expr="paid <> 8",
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
    enable_empty_window_output=True,
    skip_same_window_output=True,
)
