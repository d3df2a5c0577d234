"""The view of features.py, over the same events in files."""

from shop import ITEM_PRICE, PURCHASE, TIME_FORMAT, total_payments

import sqlfeat as sf

purchases = sf.FileSystemSource(
    "purchase_events",
    path="data/purchase_events.json",
    data_format="json",
    schema=PURCHASE,
    timestamp_field="timestamp",
    timestamp_format=TIME_FORMAT,
)

prices = sf.FileSystemSource(
    "item_price_events",
    path="data/item_price_events.json",
    data_format="json",
    schema=ITEM_PRICE,
    keys=["item_id"],
    timestamp_field="timestamp",
    timestamp_format=TIME_FORMAT,
)

user_online_features = total_payments(purchases, prices)
