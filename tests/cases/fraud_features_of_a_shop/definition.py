"""A shop looks for fraud: each order with the item's price and the buyer's country at that time, how
often the card was tried and declined, and what the buyer and the card have paid. Three joins, two views
one upon the other beside a sliding one, six windows.
"""

import sqlfeat as sf

TIME = {"timestamp_field": "time", "timestamp_format": "%Y-%m-%d %H:%M:%S"}

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    schema={
        "order_id": sf.Int64,
        "user_id": sf.String,
        "card": sf.String,
        "item_id": sf.String,
        "pieces": sf.Int32,
        "time": sf.String,
    },
    **TIME,
)

item_prices = sf.FileSystemSource(
    "item_prices",
    path="item_prices.jsonl",
    schema={"item_id": sf.String, "price": sf.Decimal(10, 2), "revision": sf.Int64, "time": sf.String},
    keys=["item_id"],
    **TIME,
)

accounts = sf.FileSystemSource(
    "accounts",
    path="accounts.jsonl",
    schema={"user_id": sf.String, "country": sf.String, "time": sf.String},
    keys=["user_id"],
    **TIME,
)

card_events = sf.FileSystemSource(
    "card_events",
    path="card_events.jsonl",
    schema={"card": sf.String, "outcome": sf.String, "time": sf.String},
    **TIME,
)

card_hours = sf.SlidingFeatureView(
    "card_hours",
    source=card_events,
    features=[
        sf.Feature(
            "tries_last_day", sf.SlidingWindowTransform("*", "COUNT", "1 day", "1 hour", ["card"])
        ),
        sf.Feature(
            "declined_last_hour",
            sf.SlidingWindowTransform(
                "*", "COUNT", "1 hour", "1 hour", ["card"], filter_expr="outcome = 'declined'"
            ),
        ),
    ],
)

priced_orders = sf.DerivedFeatureView(
    "priced_orders",
    source=orders,
    features=[
        sf.Feature("price", sf.JoinTransform(item_prices, "price", tie_breaker="revision")),
        sf.Feature(
            "country", sf.JoinTransform(accounts, "country", ttl="365 days", tie_breaker="country")
        ),
        sf.Feature("payment", "pieces * price"),
        sf.Feature(
            "paid_by_user_last_hour",
            sf.OverWindowTransform("payment", "SUM", "1 hour", ["user_id"]),
        ),
        sf.Feature(
            "orders_of_item_last_day",
            sf.OverWindowTransform("*", "COUNT", "1 day", ["item_id"]),
        ),
    ],
    keep_source_fields=True,
    keys=["user_id"],
)

target = sf.DerivedFeatureView(
    "fraud_features",
    source=priced_orders,
    features=[
        "order_id",
        "country",
        "payment",
        "paid_by_user_last_hour",
        "orders_of_item_last_day",
        sf.Feature("card_tries_last_day", sf.JoinTransform(card_hours, "tries_last_day")),
        sf.Feature("card_declined_last_hour", sf.JoinTransform(card_hours, "declined_last_hour")),
        sf.Feature(
            "most_paid_so_far",
            sf.OverWindowTransform("payment", "MAX", None, ["user_id"]),
        ),
        sf.Feature(
            "paid_by_card_last_ten_minutes",
            sf.OverWindowTransform(
                "payment", "SUM", "10 minutes", ["card"], filter_expr="country IS NOT NULL"
            ),
        ),
        sf.Feature(
            "looks_like_fraud",
            "card_declined_last_hour >= 2 OR paid_by_user_last_hour > 1000 AND country IS NULL",
        ),
    ],
    filter_expr="payment IS NOT NULL",
)
