"""A strict join takes the latest row before its own time, of views too: derived ones, windows, and rows
that are made up. The clock is set back in New York at 06:00 UTC, between the rows.
"""

import sqlfeat as sf

timezone = "America/New_York"
TIME = {"timestamp_field": "at", "timestamp_format": "epoch_millis"}

purchases = sf.FileSystemSource(
    "purchases",
    path="purchases.jsonl",
    schema={"item": sf.String, "number": sf.Int64, "at": sf.Int64},
    **TIME,
)
prices = sf.FileSystemSource(
    "prices",
    path="prices.jsonl",
    schema={"item": sf.String, "price": sf.Float64, "window_end": sf.Int64, "at": sf.Int64},
    keys=["item"],
    **TIME,
)
rated = sf.DerivedFeatureView(
    "rated",
    source=prices,
    features=[sf.Feature("rate", "price * 2")],
    keep_source_fields=True,
)
lately = sf.SlidingFeatureView(
    "lately",
    source=prices,
    features=[
        sf.Feature("total", sf.SlidingWindowTransform("price", "SUM", "2 minutes", "1 minute", ["item"]))
    ],
)
numbers = sf.DataGenSource(
    "numbers",
    schema={"number": sf.Int64, "t": sf.Int64},
    keys=["number"],
    number_of_rows=4,
    timestamp_field="t",
    timestamp_format="epoch",
    field_configs={"number": sf.SequenceField(1), "t": sf.SequenceField(1667712600)},
)


def before(expr: str, table: object, **more: object) -> sf.JoinTransform:
    return sf.JoinTransform(table, expr, strict=True, **more)


target = sf.DerivedFeatureView(
    "training_set",
    source=purchases,
    features=[
        sf.Feature("rate", before("rate", rated, tie_breaker="rate")),
        sf.Feature("ended", before("window_end", rated, tie_breaker="rate")),
        sf.Feature("rate_now", sf.JoinTransform(rated, "rate", tie_breaker="rate")),
        sf.Feature("rate_lately", before("rate", rated, tie_breaker="rate", ttl="1 minute")),
        sf.Feature("total", before("total", lately)),
        sf.Feature("total_now", sf.JoinTransform(lately, "total")),
        sf.Feature("made_at", before("t", numbers)),
    ],
    keep_source_fields=True,
)
