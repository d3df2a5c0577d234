"""A SELECT of the definition's own gives a column of each type, and its rows keep their time."""

import sqlfeat as sf

SCHEMA = {
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
}
events = sf.FileSystemSource("events", path="events.jsonl", schema=SCHEMA, timestamp_field="instant")
chosen = sf.SqlFeatureView(
    "chosen", "SELECT * FROM events", schema=SCHEMA, tables=[events], timestamp_field="instant"
)
target = sf.DerivedFeatureView(
    "features",
    source=chosen,
    features=[sf.Feature("rows", sf.OverWindowTransform("*", "COUNT", None))],
    keep_source_fields=True,
)
