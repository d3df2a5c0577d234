"""Lists, counts and first values of what is computed, in sliding windows: such a value is never NULL, but
its list is where no row counts. Found by a random definition: Flink took the list for one that is there.
"""

import sqlfeat as sf

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={"user": sf.String, "shop": sf.String, "price": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

marks = sf.DerivedFeatureView(
    "marks",
    source=orders,
    features=[
        sf.Feature("mark", "UPPER('x')"),
        sf.Feature("latest", sf.OverWindowTransform("mark", "LAST_VALUE", "1 minute", ["user"])),
    ],
    keep_source_fields=True,
)


def slide(expr: str, agg_func: str, **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, "2 minutes", "1 minute", ["user"], **more)


sign = "IF(price > 5, '+', '-')"
dear = {"filter_expr": "price > 15"}

target = sf.SlidingFeatureView(
    "marks_by_minute",
    source=marks,
    features=[
        sf.Feature("marks", slide("latest", "COLLECT_LIST")),
        sf.Feature("signs", slide(sign, "COLLECT_LIST")),
        sf.Feature("no_signs", slide(sign, "COLLECT_LIST", filter_expr="FALSE")),
        sf.Feature("dear_signs", slide(sign, "COLLECT_LIST", **dear)),
        sf.Feature("dear", slide("IF(price > 5, 1, 2)", "FIRST_VALUE", limit=1, **dear)),
        sf.Feature("how_often", slide("mark", "VALUE_COUNTS")),
    ],
)
