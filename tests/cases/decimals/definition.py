"""Money is DECIMAL: sums and products keep every digit, a quotient of two is DECIMAL and rounded
half up, one with any other number is DOUBLE, and a mean is DOUBLE.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "price": sf.Decimal(10, 2),
        "tax": sf.Decimal(4, 3),
        "pieces": sf.Int32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("total", "price * pieces"),
        sf.Feature("with_tax", "price + price * tax"),
        sf.Feature("with_fee", "price + 0.05"),
        sf.Feature("shares", "price / tax"),
        sf.Feature("each", "price / pieces"),
        sf.Feature("is_dear", "price > 1.1"),
        sf.Feature("sum", sf.OverWindowTransform("price", "SUM")),
        sf.Feature("mean", sf.OverWindowTransform("price", "AVG")),
        sf.Feature("greatest", sf.OverWindowTransform("price", "MAX")),
        sf.Feature("nothing", sf.OverWindowTransform("price", "SUM", filter_expr="pieces > 100")),
    ],
    keep_source_fields=True,
)
