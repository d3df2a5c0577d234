"""FLOAT columns keep their precision as they are, and are computed with as the DOUBLEs they stand
for: a sum of them is a DOUBLE.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"x": sf.Float32, "y": sf.Float32, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("as_it_is", "x"),
        sf.Feature("sum", "x + y"),
        sf.Feature("as_double", "x", dtype=sf.Float64),
        sf.Feature("total", sf.OverWindowTransform("x", "SUM")),
        sf.Feature("mean", sf.OverWindowTransform("x", "AVG")),
        sf.Feature("least", sf.OverWindowTransform("x", "MIN")),
    ],
    keep_source_fields=True,
)
