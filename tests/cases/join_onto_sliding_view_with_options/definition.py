"""A join onto a sliding view finds the window that is current, whichever rows of the view come out: one
that was left out as it repeats the row before is still found, and a mean of an emptied window is NULL.
A derived view over the same sliding view has the rows that come out, and a join onto it finds the
latest, however old.
"""

import sqlfeat as sf

logins = sf.FileSystemSource(
    "logins",
    path="logins.jsonl",
    data_format="json",
    schema={"user": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

recent = sf.SlidingFeatureView(
    "recent",
    source=events,
    features=[
        sf.Feature(
            "total", sf.SlidingWindowTransform("amount", "SUM", "4 minutes", "1 minute", ["user"])
        ),
        sf.Feature("times", sf.SlidingWindowTransform("*", "COUNT", "4 minutes", "1 minute", ["user"])),
        sf.Feature("mean", "total / times"),
    ],
    enable_empty_window_output=True,
    skip_same_window_output=True,
)

changes = sf.DerivedFeatureView(
    "changes",
    source=recent,
    features=["total", sf.Feature("mean_or_zero", "COALESCE(mean, 0)")],
    keys=["user"],
)

target = sf.DerivedFeatureView(
    "logins_with_payments",
    source=logins,
    features=[
        sf.Feature("total", sf.JoinTransform(recent, "total")),
        sf.Feature("mean", sf.JoinTransform(recent, "mean")),
        sf.Feature("twice", sf.JoinTransform(recent, "total * 2")),
        sf.Feature("last_total", sf.JoinTransform(changes, "total")),
        sf.Feature("last_mean", sf.JoinTransform(changes, "mean_or_zero")),
    ],
    keep_source_fields=True,
)
