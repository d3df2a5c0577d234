"""Features that Python functions compute: from columns and other features, before and after a join and a
window; one that fails for some rows, one that gives NULL, one that uses what stands beside it.
"""

import math

import sqlfeat as sf

TITLES = {"ann": "Dr. "}

prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    data_format="json",
    schema={"item": sf.String, "price": sf.Float64, "time": sf.String},
    keys=["item"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
sales = sf.FileSystemSource(
    "sales",
    path="sales.jsonl",
    data_format="json",
    schema={"user": sf.String, "item": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def lower(text: str | None) -> str | None:
    return None if text is None else text.strip().lower()


def greeting(name: str) -> str:
    return f"Hello {TITLES.get(name, '')}{name.capitalize()}, it's {{}} `you` \\ ü"


def root(value: float) -> float:
    return math.sqrt(value)


target = sf.DerivedFeatureView(
    "sales with features",
    source=sales,
    features=[
        sf.Feature("item", sf.PythonUdfTransform(lower, ["item"]), dtype=sf.String),
        sf.Feature("price", sf.JoinTransform(prices, "price")),
        sf.Feature("paid", "amount * price"),
        sf.Feature("total", sf.OverWindowTransform("paid", "SUM", "1 hour", ["item"])),
        sf.Feature(
            "root_of_total",
            sf.PythonUdfTransform(root, ["total"], dtype=sf.Float64, fail_on_exception=False),
        ),
        sf.Feature(
            "greeting",
            sf.PythonUdfTransform(
                greeting, ["user"], fail_on_exception=False, value_on_exception="Hello stranger"
            ),
            dtype=sf.String,
        ),
        sf.Feature(
            "is_large",
            sf.PythonUdfTransform(lambda amount, total: amount > 2 and total > 5, ["amount", "total"]),
            dtype=sf.Boolean,
        ),
        sf.Feature("large_so_far", sf.OverWindowTransform("*", "COUNT", filter_expr="is_large")),
    ],
    filter_expr="greeting LIKE 'Hello%'",
    keep_source_fields=True,
)
