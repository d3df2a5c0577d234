"""What the two definitions here share: the events of a shop, and the view over them."""

from datetime import timedelta

import sqlfeat as sf

Events = sf.KafkaSource | sf.FileSystemSource

PURCHASE = {
    "user_id": sf.String,
    "item_id": sf.String,
    "item_count": sf.Int32,
    "timestamp": sf.String,
}
ITEM_PRICE = {"item_id": sf.String, "price": sf.Float64, "timestamp": sf.String}
TIME_FORMAT = "%Y-%m-%d %H:%M:%S %z"  # such as 2022-01-01 00:00:00 +0800


def total_payments(purchases: Events, prices: Events) -> sf.SlidingFeatureView:
    """Return what each user paid in the last two minutes, every minute, at the prices of the time."""
    purchases_with_price = sf.DerivedFeatureView(
        "purchases_with_price",
        source=purchases,
        features=[sf.Feature("price", sf.JoinTransform(prices, "price"))],
        keep_source_fields=True,
    )
    total_payment = sf.SlidingWindowTransform(
        "item_count * price",
        "SUM",
        window_size=timedelta(minutes=2),
        step_size=timedelta(minutes=1),
        group_by_keys=["user_id"],
    )
    return sf.SlidingFeatureView(
        "user_online_features",
        source=purchases_with_price,
        features=[sf.Feature("total_payment_last_two_minutes", total_payment)],
        timestamp_field="timestamp",
        timestamp_format="%Y-%m-%d %H:%M:%S",
    )
