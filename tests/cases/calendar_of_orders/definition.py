"""Parts of dates and instants, what is later and how much, on the clock of New York: on the days when
the clock is changed, before 1970, and with NULLs.
"""

import sqlfeat as sf

timezone = "America/New_York"

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    data_format="json",
    schema={
        "id": sf.Int32,
        "time": sf.String,
        "paid": sf.Timestamp,
        "born": sf.Date,
        "shipped": sf.String,
    },
    keys=["id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "calendar",
    source=orders,
    features=[
        sf.Feature("ordered", "TO_TIMESTAMP(time)"),
        sf.Feature("hour", "HOUR(ordered)"),
        sf.Feature("is_weekend", "ISODOW(ordered) > 5"),
        sf.Feature("week", "EXTRACT(WEEK FROM ordered)"),
        sf.Feature("day", "DATE_TRUNC('DAY', ordered)"),
        sf.Feature("second_of_the_day", "TIMESTAMPDIFF(SECOND, day, ordered)"),
        sf.Feature("tomorrow", "ordered + INTERVAL '1' DAY"),
        sf.Feature("after_24_hours", "ordered + INTERVAL '24' HOURS"),
        sf.Feature("paid_after_minutes", "TIMESTAMPDIFF(MINUTE, ordered, paid)"),
        sf.Feature("months_to_pay", "TIMESTAMPDIFF(MONTH, ordered, paid)"),
        sf.Feature("age", "TIMESTAMPDIFF(YEAR, born, CAST(ordered AS DATE))"),
        sf.Feature("end_of_month", "DATE_TRUNC('MONTH', born) + INTERVAL '1' MONTH - INTERVAL '1' DAY"),
        sf.Feature("delivered", "TRY_TO_TIMESTAMP(shipped, '%Y-%m-%dT%H:%M:%S%z')"),
        sf.Feature("seconds", "UNIX_TIMESTAMP(time, '%Y-%m-%d %H:%M:%S')"),
        sf.Feature("month", "DATE_FORMAT(paid, '%Y-%m')"),
        sf.Feature("is_late", "paid >= TIMESTAMP '2022-11-06 00:00:00' OR born < DATE '1970-01-01'"),
    ],
)
