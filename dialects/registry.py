"""Which dialects there are."""

from __future__ import annotations

from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.flink import FLINK
from sqlfeat.dialects.flink_batch import FLINK_BATCH
from sqlfeat.dialects.spark import SPARK
from sqlfeat.errors import SettingsError, nearest

DIALECTS: tuple[Dialect, ...] = (FLINK, SPARK, FLINK_BATCH)


def dialect_named(name: str) -> Dialect:
    """Return the dialect of this name.

    Raises SettingsError, with the nearest name, where there is none.
    """
    for dialect in DIALECTS:
        if dialect.name == name:
            return dialect
    names = [dialect.name for dialect in DIALECTS]
    near = nearest(str(name), names)
    hint = f"Did you mean {near!r}?" if near else f"Dialects are: {', '.join(names)}."
    raise SettingsError(f"there is no dialect {name!r}. {hint}")
