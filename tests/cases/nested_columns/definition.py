"""Arrays, maps and structs of a source come out as they are, with the NULLs in them."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "tags": sf.Array(sf.String),
        "counts": sf.Map(sf.String, sf.Int64),
        "home": sf.Struct(city=sf.String, zip=sf.Int32),
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("rows", sf.OverWindowTransform("*", "COUNT", None, ["user"])),
    ],
    keep_source_fields=True,
)
