"""Some rows of a source itself, without a time: by columns that are not its keys, of several types."""

from datetime import date
from decimal import Decimal

import sqlfeat as sf

keys = [
    {"shop": 7, "opened": date(2022, 1, 31), "rate": Decimal("0.5"), "open": True},
    {"shop": 3_000_000_000, "opened": date(2022, 2, 1), "rate": 2, "open": False},
]

target = sf.FileSystemSource(
    "shops",
    path="shops.jsonl",
    data_format="json",
    schema={
        "shop": sf.Int64,
        "opened": sf.Date,
        "rate": sf.Decimal(10, 2),
        "open": sf.Boolean,
        "name": sf.String,
    },
)
