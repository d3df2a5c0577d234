"""Expressions built with col(), lit() and call() mean what their text would, operator by
operator.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"a": sf.Int64, "b": sf.Int64, "word": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("sum", 1 + sf.col("a") - sf.col("b")),
        sf.Feature("product", sf.col("a") * -2),
        sf.Feature("quotient", 10 / sf.col("a")),
        sf.Feature("rest", sf.col("b") % sf.col("a")),
        sf.Feature("opposite", -(sf.col("a") - sf.col("b"))),
        sf.Feature("is_between", sf.col("a").between(2, sf.col("b")) & (sf.col("word") != "x")),
        sf.Feature("is_one", sf.col("word").isin("x", "y") | ~(sf.col("a") >= 2)),
        sf.Feature("text", sf.col("a").cast(sf.String)),
        sf.Feature("known", sf.call("coalesce", sf.col("word"), sf.lit(None), "none")),
    ],
    keep_source_fields=True,
)
