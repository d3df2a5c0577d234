"""What did the user buy before? The table is joined onto itself, strictly before, and of two
purchases at the same moment the one with the greater number counts as the later one.
"""

import sqlfeat as sf

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={
        "user_id": sf.String,
        "item_id": sf.String,
        "number": sf.Int64,
        "time": sf.String,
    },
    keys=["user_id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "purchases_with_price",
    source=purchases,
    features=[
        sf.Feature(
            "previous_item",
            sf.JoinTransform(purchases, "item_id", strict=True, tie_breaker="number"),
        ),
    ],
    keep_source_fields=True,
)
