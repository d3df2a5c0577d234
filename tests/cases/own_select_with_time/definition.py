"""A SELECT of the definition's own, in a text for each dialect, whose rows keep their time: windows and a
join go over them.
"""

import sqlfeat as sf

time = {"timestamp_field": "time", "timestamp_format": "%Y-%m-%d %H:%M:%S"}
timezone = "Asia/Shanghai"

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={"name": sf.String, "cost": sf.Int32, "time": sf.String},
    **time,
)
cheap = sf.SqlFeatureView(
    "cheap",
    {
        "flink": "SELECT UPPER(name) AS name, cost, `time`\nFROM purchases AS p -- all\nWHERE cost < 500",
        "spark": "SELECT upper(p.name) AS name, cost, p.time\nFROM purchases p\nWHERE cost < 500",
    },
    schema={"name": sf.String, "cost": sf.Int64, "time": sf.String},
    tables=[purchases],
    keys=["name"],
    **time,
)
totals = sf.SlidingFeatureView(
    "totals",
    source=cheap,
    features=[
        sf.Feature("total", sf.SlidingWindowTransform("cost", "SUM", "2 days", "1 day", ["name"])),
    ],
)
target = sf.DerivedFeatureView(
    "costs",
    source=cheap,
    features=[
        "name",
        "cost",
        sf.Feature("last", sf.JoinTransform(cheap, "cost", strict=False)),
        sf.Feature("total", sf.JoinTransform(totals, "total")),
        sf.Feature("so_far", sf.OverWindowTransform("cost", "SUM", "1 day", ["name"])),
    ],
)
