"""A column of each type comes through as it is, the least and the greatest values, NULL and NULL
within it.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    schema={
        "truth": sf.Boolean,
        "small": sf.Int32,
        "big": sf.Int64,
        "single": sf.Float32,
        "double": sf.Float64,
        "exact": sf.Decimal(38, 10),
        "text": sf.String,
        "bytes": sf.Bytes,
        "day": sf.Date,
        "instant": sf.Timestamp,
        "list": sf.Array(sf.Int64),
        "counts": sf.Map(sf.String, sf.Int64),
        "pair": sf.Struct(x=sf.Int64, y=sf.String),
    },
    timestamp_field="instant",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[sf.Feature("rows", sf.OverWindowTransform("*", "COUNT", None))],
    keep_source_fields=True,
)
