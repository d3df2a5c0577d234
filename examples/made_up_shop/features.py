"""A shop that there is not: purchases that are made up, a SELECT and a Python function of one's own."""

import sqlfeat as sf

time = {"timestamp_field": "at", "timestamp_format": "epoch"}
tables = sf.Registry()  # what features may name by text

purchases = tables.add(
    sf.DataGenSource(
        "purchases",
        schema={
            "user_id": sf.Int32,
            "item_id": sf.Int32,
            "item_count": sf.Int32,
            "card": sf.String,
            "at": sf.Int64,
        },
        number_of_rows=1_000,
        rows_per_second=500,
        field_configs={
            "user_id": sf.RandomField(1, 20),
            "item_id": sf.RandomField(1, 5),
            "item_count": sf.RandomField(1, 9),
            "card": sf.RandomField(length=16),
            "at": sf.SequenceField(1_640_995_200, step=7),
        },
        **time,
    )
)
prices = tables.add(
    sf.DataGenSource(
        "prices",
        schema={"item_id": sf.Int32, "price": sf.Float64, "at": sf.Int64},
        keys=["item_id"],
        number_of_rows=100,
        field_configs={
            "item_id": sf.SequenceField(1, end=5),
            "price": sf.RandomField(1, 100),
            "at": sf.SequenceField(1_640_995_200, step=60),
        },
        **time,
    )
)
large_purchases = tables.add(
    sf.SqlFeatureView(
        "large_purchases",
        """
        SELECT user_id, item_id, item_count, UPPER(card) AS card, `at`
        FROM purchases
        WHERE item_count > 2;
        """,
        schema=purchases.schema,
        tables=tables,
        **time,
    )
)


def network(card: str) -> str:
    """Return the network of a card, by its first digit."""
    return "Visage" if card[0] in "01234567" else "Mattercard"


training_set = sf.DerivedFeatureView(
    "training_set",
    source=large_purchases,
    tables=tables,
    features=[
        "prices.price",
        sf.Feature("network", sf.PythonUdfTransform(network, ["card"]), dtype=sf.String),
        sf.Feature(
            "paid_lately",
            sf.OverWindowTransform(
                "item_count * price", "SUM", window_size="10 minutes", group_by_keys=["user_id"]
            ),
        ),
        sf.Feature(
            "of_the_network",
            sf.OverWindowTransform("*", "COUNT", window_size="10 minutes", group_by_keys=["network"]),
        ),
    ],
    keep_source_fields=True,
)

trial = sf.Materialization("trial", training_set, sf.BlackHoleSink())
