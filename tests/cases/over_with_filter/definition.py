"""Only what was paid counts, not what was refunded; refunds, and rows of which that is not known,
come out all the same, with what was paid before them.
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

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature(
            "paid",
            sf.OverWindowTransform("amount", "SUM", "10 minutes", ["user"], filter_expr="kind = 'pay'"),
        ),
        sf.Feature(
            "payments",
            sf.OverWindowTransform(
                "*", "COUNT", "10 minutes", ["user"], filter_expr=sf.col("kind") == "pay"
            ),
        ),
        sf.Feature(
            "greatest",
            sf.OverWindowTransform(
                "amount", "MAX", "10 minutes", ["user"], filter_expr="kind = 'pay' AND amount < 100"
            ),
        ),
        sf.Feature("rows", sf.OverWindowTransform("*", "COUNT", "10 minutes", ["user"])),
    ],
    keep_source_fields=True,
)
