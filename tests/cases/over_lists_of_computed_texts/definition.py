"""Lists of texts that are computed, here and in the view below. Found by a random definition: to Flink a
list of texts of one character holds no others, and so no NULL that could be taken out.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={"user": sf.String, "shop": sf.String, "price": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

sizes = sf.DerivedFeatureView(
    "sizes",
    source=orders,
    features=[
        sf.Feature("size", "CASE WHEN price >= 10 THEN 'L' WHEN price >= 0 THEN 'S' END"),
        sf.Feature("mark", "UPPER('x')"),
    ],
    keep_source_fields=True,
)


def over(expr: str, **more: object) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, "COLLECT_LIST", "1 minute", ["user"], **more)


target = sf.DerivedFeatureView(
    "lists",
    source=sizes,
    features=[
        sf.Feature("sizes", over("size")),
        sf.Feature("sizes_of_2", over("size", limit=2)),
        sf.Feature("marks", over("mark")),
        sf.Feature("signs", over("CASE WHEN price IS NULL THEN NULLIF('-', '') ELSE '+' END")),
        sf.Feature("shops", over("shop")),
        sf.Feature("codes", over("MD5(shop)")),
    ],
    keep_source_fields=True,
)
