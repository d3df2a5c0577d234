"""A filter that never holds, as a constant and as a column that is a constant: every row still comes
out, with zeros and NULLs.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.Timestamp},
    timestamp_field="time",
)


def last_minute(agg_func: str, where: str) -> sf.OverWindowTransform:
    return sf.OverWindowTransform("amount", agg_func, "1 minute", ["user"], where)


target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("is_test", "1 = 2"),
        sf.Feature("total", last_minute("SUM", "FALSE")),
        sf.Feature("count", last_minute("COUNT", "FALSE")),
        sf.Feature("latest", last_minute("LAST_VALUE", "FALSE")),
        sf.Feature("mean_of_tests", last_minute("AVG", "is_test")),
        sf.Feature("least_of_tests", last_minute("MIN", "is_test")),
        sf.Feature("first_of_tests", last_minute("FIRST_VALUE", "is_test")),
    ],
    keep_source_fields=True,
)
