"""Columns, tables and features whose names are reserved words, or hold quotes, backticks, spaces,
semicolons, a backslash or an emoji: a name is only a name.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "order",
    path="orders.jsonl",
    data_format="json",
    schema={
        "select": sf.String,
        "it's": sf.String,
        'say "hi"': sf.Int64,
        "back`tick": sf.Int64,
        "two words; DROP TABLE x": sf.Int64,
        "🎉 price": sf.Float64,
        "back\\slash": sf.String,
        "timestamp": sf.String,
    },
    keys=["select"],
    timestamp_field="timestamp",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

rates = sf.FileSystemSource(
    "the table; of `rates`",
    path="rates.jsonl",
    data_format="json",
    schema={"it's": sf.String, "value": sf.Float64, "date": sf.String},
    keys=["it's"],
    timestamp_field="date",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "group",
    source=orders,
    features=[
        sf.Feature("table", sf.JoinTransform(rates, "value")),
        sf.Feature("where; --", '`say "hi"` + `back``tick` * `two words; DROP TABLE x`'),
        sf.Feature("count", sf.OverWindowTransform("*", "COUNT", "1 minute", ["select"])),
        sf.Feature("'s 🎉", sf.OverWindowTransform("`🎉 price`", "SUM", None, ["it's", "select"])),
        sf.Feature("user", sf.call("UPPER", sf.col("back\\slash"))),
    ],
    keep_source_fields=True,
)
