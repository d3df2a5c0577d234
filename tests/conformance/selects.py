"""The SELECTs of the cases, computed in Python: the oracle reads no SQL."""

from __future__ import annotations

from collections.abc import Callable

Row = dict[str, object]


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


SELECTS: dict[str, Callable[[Row], Row]] = {
    "SELECT name, cost FROM source_a;": lambda row: {"name": row["name"], "cost": row["cost"]},
    "SELECT name, cost, `time` FROM source_a;": lambda row: {
        "name": row["name"],
        "cost": row["cost"],
        "time": row["time"],
    },
    "SELECT *, UPPER(name) as upper_name FROM source_a;": lambda row: {
        **row,
        "upper_name": _upper(row["name"]),
    },
}
"""Each statement, and what it makes of a row of source_a."""
