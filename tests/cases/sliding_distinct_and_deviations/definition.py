"""How many different values a window holds, and how far they are spread: large numbers that differ by
little, a single one, none, and zeros of both signs.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "at": sf.Int64,
        "price": sf.Float64,
        "cost": sf.Decimal(10, 2),
        "code": sf.Bytes,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def over(expr: str, agg_func: str, size: str = "2 minutes", **more: object) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, size, "1 minute", ["user"], **more)


target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature("prices", over("price", "COUNT_DISTINCT")),
        sf.Feature("recent_prices", over("price", "COUNT_DISTINCT", "1 minute")),
        sf.Feature("high_prices", over("price", "COUNT_DISTINCT", filter_expr="price > 1")),
        sf.Feature("codes", over("code", "COUNT_DISTINCT")),
        sf.Feature("price_counts", over("price", "VALUE_COUNTS")),
        sf.Feature("var_pop", over("at", "VAR_POP")),
        sf.Feature("var_samp", over("at", "VAR_SAMP")),
        sf.Feature("deviation_pop", over("price", "STDDEV_POP")),
        sf.Feature("deviation_samp", over("price", "STDDEV_SAMP", "1 minute")),
        sf.Feature("cost_deviation", over("cost", "STDDEV_SAMP", filter_expr="cost > 1")),
    ],
    enable_empty_window_output=True,
    timestamp_field="until",
    timestamp_format="epoch_millis",
)
