"""A login gets the window of payments that is current at its time: zeros and NULLs before the
first one, after the last one has emptied, and for a user who is not known.
"""

import sqlfeat as sf

logins = sf.FileSystemSource(
    "logins",
    path="logins.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)

payments = sf.FileSystemSource(
    "payments",
    path="payments.jsonl",
    data_format="json",
    schema={"user_id": sf.String, "amount": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

recent = sf.SlidingFeatureView(
    "recent",
    source=payments,
    features=[
        sf.Feature(
            "total",
            sf.SlidingWindowTransform("amount", "SUM", "2 minutes", "1 minute", ["user_id"]),
        ),
        sf.Feature(
            "times", sf.SlidingWindowTransform("*", "COUNT", "2 minutes", "1 minute", ["user_id"])
        ),
        sf.Feature(
            "greatest",
            sf.SlidingWindowTransform("amount", "MAX", "2 minutes", "1 minute", ["user_id"]),
        ),
        sf.Feature("mean", "total / times"),
    ],
)

target = sf.DerivedFeatureView(
    "logins_with_payments",
    source=logins,
    features=[
        sf.Feature("total", sf.JoinTransform(recent, "total")),
        sf.Feature("times", sf.JoinTransform(recent, "times")),
        sf.Feature("greatest", sf.JoinTransform(recent, "greatest")),
        sf.Feature("mean", sf.JoinTransform(recent, "mean")),
    ],
    keep_source_fields=True,
)
