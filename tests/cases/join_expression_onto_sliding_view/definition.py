"""An expression joined from a sliding view where no window is current is computed from the zeros
and NULLs that hold there.
"""

import sqlfeat as sf

logins = sf.FileSystemSource(
    "logins",
    path="logins.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

payments = sf.FileSystemSource(
    "payments",
    path="payments.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

recent = sf.SlidingFeatureView(
    "recent",
    source=payments,
    features=[
        sf.Feature(
            "total", sf.SlidingWindowTransform("amount", "SUM", "1 minute", "1 minute", ["user_id"])
        ),
        sf.Feature(
            "least", sf.SlidingWindowTransform("amount", "MIN", "1 minute", "1 minute", ["user_id"])
        ),
    ],
)

target = sf.DerivedFeatureView(
    "logins_with_payments",
    source=logins,
    features=[
        sf.Feature("cents", sf.JoinTransform(recent, "total * 100")),
        sf.Feature("least_or_minus_one", sf.JoinTransform(recent, "COALESCE(least, -1)")),
    ],
    keep_source_fields=True,
)
