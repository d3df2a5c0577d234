"""A window over the result of a window: how far a payment is above the user's mean, and the
greatest such surprise of the last ten minutes.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Float64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("mean", sf.OverWindowTransform("amount", "AVG", "5 minutes", ["user"])),
        sf.Feature("surprise", "amount - mean"),
        sf.Feature(
            "greatest_surprise",
            sf.OverWindowTransform("surprise", "MAX", "10 minutes", ["user"]),
        ),
        sf.Feature(
            "surprises_of_all",
            sf.OverWindowTransform("*", "COUNT", "10 minutes", filter_expr="greatest_surprise > 0.0"),
        ),
    ],
    keep_source_fields=True,
)
