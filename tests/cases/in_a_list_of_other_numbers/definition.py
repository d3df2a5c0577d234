"""IN compares in the one type in which all of its values meet: 1 is not among 1.5 and NULL, whatever
stands first.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"id": sf.Int32, "n": sf.Int64, "x": sf.Float64, "price": sf.Decimal(9, 2)},
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("one_first", "1 IN (1.5, n)"),
        sf.Feature("whole_first", "n IN (1.5, 2.5)"),
        sf.Feature("double_first", "x IN (1, 2)"),
        sf.Feature("decimal_first", "price IN (1, n)"),
        sf.Feature("small_first", "id IN (x, price)"),
        sf.Feature("none_of_them", "n NOT IN (1.5, x)"),
    ],
    keep_source_fields=True,
)
