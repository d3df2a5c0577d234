"""A table that has no event time can still be computed with, row by row."""

import sqlfeat as sf

items = sf.FileSystemSource(
    "items",
    path="items.jsonl",
    data_format="json",
    schema={"item": sf.String, "price": sf.Float64},
    keys=["item"],
)

target = sf.DerivedFeatureView(
    "taxed",
    source=items,
    features=[sf.Feature("with_tax", sf.col("price") * 1.25)],
    filter_expr=sf.col("item").is_not_null(),
)
