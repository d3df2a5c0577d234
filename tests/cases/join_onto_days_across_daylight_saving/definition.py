"""A login gets the payments of the last full day of New York: that window is current from one
midnight to the next, 23 hours in spring and 25 in autumn.
"""

import sqlfeat as sf

timezone = "America/New_York"

logins = sf.FileSystemSource(
    "logins",
    path="logins.jsonl",
    data_format="json",
    schema={"user": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)

payments = sf.FileSystemSource(
    "payments",
    path="payments.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

daily = sf.SlidingFeatureView(
    "daily",
    source=payments,
    features=[
        sf.Feature("total", sf.SlidingWindowTransform("amount", "SUM", "1 day", "1 day", ["user"])),
    ],
)

target = sf.DerivedFeatureView(
    "logins_with_payments",
    source=logins,
    features=[sf.Feature("paid_the_day_before", sf.JoinTransform(daily, "total"))],
    keep_source_fields=True,
)
