"""How many there are of each value in a window, of each type that has equal values."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "cents": sf.Decimal(10, 2),
        "day": sf.Date,
        "member": sf.Boolean,
        "seen": sf.Timestamp,
        "small": sf.Int32,
        "ratio": sf.Float32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

COLUMNS = ("cents", "day", "member", "seen", "small", "ratio")

target = sf.DerivedFeatureView(
    "events_with_counts",
    source=events,
    features=[
        sf.Feature(
            f"of_each_{column}", sf.OverWindowTransform(column, "VALUE_COUNTS", "1 minute", ["user"])
        )
        for column in COLUMNS
    ],
)
