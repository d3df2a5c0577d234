"""By New York's clocks 02:30 does not exist in the spring night, and is read as 03:30; 01:30
comes twice in the autumn night, and is read as the first of the two.
"""

import sqlfeat as sf

timezone = "America/New_York"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

instants = sf.FileSystemSource(
    "instants",
    path="instants.jsonl",
    data_format="json",
    schema={"user": sf.String, "instant": sf.String, "time": sf.String},
    keys=["user"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S %z",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("instant", sf.JoinTransform(instants, "instant")),
        sf.Feature("total", sf.OverWindowTransform("amount", "SUM", "1 hour", ["user"])),
    ],
    keep_source_fields=True,
)
