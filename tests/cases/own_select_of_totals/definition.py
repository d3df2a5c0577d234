"""A SELECT of the definition's own that groups: its rows have no time. Some keys of it are asked for."""

import sqlfeat as sf

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    data_format="json",
    schema={"name": sf.String, "cost": sf.Int32, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
target = sf.SqlFeatureView(
    "totals",
    "SELECT name, CAST(SUM(cost) AS BIGINT) AS total, COUNT(*) AS purchases FROM purchases GROUP BY name",
    schema={"name": sf.String, "total": sf.Int64, "purchases": sf.Int64},
    tables=[purchases],
    keys=["name"],
)
keys = ["Alex", "Jack", "Nobody"]
