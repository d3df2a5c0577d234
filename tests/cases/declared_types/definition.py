"""A declared type is what comes out: wider than the value's own, also where the value is a zero
of no rows, and also for what stands below the feature.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "pieces": sf.Int32, "price": sf.Decimal(6, 2), "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("pieces_64", "pieces", dtype=sf.Int64),
        sf.Feature("pieces_double", "pieces", dtype=sf.Float64),
        sf.Feature("price_double", "price", dtype=sf.Float64),
        sf.Feature("exact_pieces", "pieces", dtype=sf.Decimal(12, 2)),
        sf.Feature("price_wide", "price", dtype=sf.Decimal(20, 4)),
        sf.Feature(
            "total",
            sf.OverWindowTransform("pieces", "SUM", filter_expr="user = 'ann'"),
            dtype=sf.Float64,
        ),
        sf.Feature("half", "total / 2"),
        sf.Feature("nothing", "CAST(NULL AS INT)", dtype=sf.Int64),
    ],
    keep_source_fields=True,
)
