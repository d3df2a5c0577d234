"""Rows that are made up: what a DataGenSource gives, number by number."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

from sqlfeat.dsl.sources import DataGenSource, RandomField, SequenceField
from sqlfeat.types import Boolean, DataType, Float64, String

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIME = 2**31 - 1


def made_up(source: DataGenSource) -> Iterator[dict[str, object]]:
    """Yield the rows of a source, from number 0 on."""
    for number in range(source.number_of_rows or 0):
        yield {name: _value(source, name, dtype, number) for name, dtype in source.schema.items()}


def _value(source: DataGenSource, name: str, dtype: DataType, number: int) -> object:
    config = source.field_configs.get(name, RandomField())
    if isinstance(config, SequenceField):
        series = number
        if config.end is not None:
            series %= len(range(config.start, config.end + (1 if config.step > 0 else -1), config.step))
        value = config.start + series * config.step
        return str(value) if dtype == String else float(value) if dtype == Float64 else value
    if dtype == String:
        return hashlib.md5(f"{name} {number}".encode()).hexdigest()[: config.length]
    factor = 2 + zlib.crc32(name.encode()) % (PRIME - 2)
    mixed = (number % PRIME * factor + zlib.crc32(f"{name}#".encode()) % PRIME) % PRIME
    chance = mixed * mixed % PRIME
    if dtype == Boolean:
        return chance % 2 == 0
    if dtype == Float64:
        least = 0.0 if config.minimum is None else float(config.minimum)
        most = 1.0 if config.maximum is None else float(config.maximum)
        return least + (most - least) * (chance / (PRIME - 1))
    least = 0 if config.minimum is None else config.minimum
    most = PRIME - 1 if config.maximum is None else config.maximum
    return least + chance % (most - least + 1)
