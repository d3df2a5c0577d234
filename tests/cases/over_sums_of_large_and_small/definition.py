"""Sums and means of what is left in a window are exact, however large what has left it was."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "amount": sf.Float64,
        "share": sf.Float32,
        "count": sf.Int64,
        "price": sf.Decimal(20, 2),
        "balance": sf.Decimal(38, 2),
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def last_2_seconds(expr: str, agg_func: str, **more: object) -> sf.OverWindowTransform:
    return sf.OverWindowTransform(expr, agg_func, "2 seconds", ["user"], **more)


target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("total", last_2_seconds("amount", "SUM")),
        sf.Feature("mean", last_2_seconds("amount", "AVG")),
        sf.Feature("total_of_ten", sf.OverWindowTransform("amount", "SUM", "10 seconds", ["user"])),
        sf.Feature("total_so_far", sf.OverWindowTransform("amount", "SUM", None, ["user"])),
        sf.Feature("debts", last_2_seconds("-amount", "SUM", filter_expr="amount < 1000")),
        sf.Feature("mean_debt", last_2_seconds("-amount", "AVG", filter_expr="amount < 1000")),
        sf.Feature(
            "grown",
            last_2_seconds("EXP(amount)", "SUM", filter_expr="amount = 1E16 OR amount < 10"),
        ),
        sf.Feature("mean_of_2", last_2_seconds("amount", "AVG", limit=2)),
        sf.Feature("mean_share", last_2_seconds("share", "AVG")),
        sf.Feature("mean_count", last_2_seconds("count", "AVG")),
        sf.Feature("mean_price", last_2_seconds("price", "AVG", filter_expr="count > 0")),
        sf.Feature("mean_balance", last_2_seconds("balance", "AVG")),
    ],
    keep_source_fields=True,
)
