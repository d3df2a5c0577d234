"""Online: two topics in, the features of each user out to a third, on Flink."""

import os

from shop import ITEM_PRICE, PURCHASE, TIME_FORMAT, total_payments

import sqlfeat as sf

BROKER = os.environ.get("KAFKA_BROKER", "localhost:9092")

purchases = sf.KafkaSource(
    "purchase_events",
    bootstrap_server=BROKER,
    topic="purchase_events",
    schema=PURCHASE,
    timestamp_field="timestamp",
    timestamp_format=TIME_FORMAT,
    idle_timeout="5 seconds",
)

prices = sf.KafkaSource(
    "item_price_events",
    bootstrap_server=BROKER,
    topic="item_price_events",
    schema=ITEM_PRICE,
    keys=["item_id"],
    timestamp_field="timestamp",
    timestamp_format=TIME_FORMAT,
    idle_timeout="5 seconds",
)

user_online_features = total_payments(purchases, prices)

online_features = sf.Materialization(
    "online_features",
    user_online_features,
    sf.KafkaSink(bootstrap_server=BROKER, topic="user_online_features"),
)
