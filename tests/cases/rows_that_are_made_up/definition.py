"""Rows that are made up are the same on each engine: of every type, in sequences and in no order, with a
join and windows over them.
"""

import sqlfeat as sf

purchases = sf.DataGenSource(
    "purchases",
    schema={
        "id": sf.Int32,
        "it's a name": sf.String,
        "user": sf.Int64,
        "text": sf.String,
        "price": sf.Float64,
        "small": sf.Int32,
        "below": sf.Int64,
        "is_new": sf.Boolean,
        "anything": sf.Int64,
        "share": sf.Float64,
        "half": sf.Float64,
        "at": sf.Int64,
    },
    keys=["user"],
    timestamp_field="at",
    timestamp_format="epoch_millis",
    number_of_rows=40,
    field_configs={
        "id": sf.SequenceField(1),
        "it's a name": sf.RandomField(length=32),
        "user": sf.SequenceField(1, end=4),
        "text": sf.SequenceField(10, step=-1, end=8),
        "price": sf.RandomField(1.5, 100),
        "small": sf.RandomField(-3, 3),
        "below": sf.RandomField(-(10**15), -(10**15) + 10),
        "half": sf.SequenceField(2),
        "at": sf.SequenceField(1640995200000, step=30500),
    },
)
target = sf.DerivedFeatureView(
    "features",
    source=purchases,
    features=[
        sf.Feature("last", sf.JoinTransform(purchases, "price", keys={"user": "user"})),
        sf.Feature("total", sf.OverWindowTransform("price", "SUM", "5 minutes", ["user"])),
        sf.Feature("news", sf.OverWindowTransform("*", "COUNT", filter_expr="is_new")),
    ],
    keep_source_fields=True,
)
