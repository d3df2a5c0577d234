"""Sources: rows as they are given, and when they happened."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlfeat.types import Timestamp

from .conversions import as_type
from .errors import OracleError
from .instants import to_ms
from .relation import Relation, Row
from .time_text import NUMBERS, read_number, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from sqlfeat.dsl.sources import Source
    from sqlfeat.dsl.views import SqlFeatureView


def read_source(
    source: Source | SqlFeatureView, given: Sequence[Mapping[str, object]], zone: ZoneInfo
) -> Relation:
    """Return the rows of a source, without those that it drops for their timestamps."""
    columns = dict(source.schema)
    rows: list[Row] = []
    for row in given:
        values = {name: as_type(row.get(name), dtype) for name, dtype in columns.items()}
        time = _event_time(source, values, zone)
        if time is not None or source.timestamp_field is None:
            rows.append(Row(time, values))
        elif getattr(source, "on_bad_timestamp", "fail") != "drop":
            field = source.timestamp_field
            shown = f"{field!r} cannot be read as a timestamp: {values[field]!r}"
            raise OracleError(f"{source.name}: {shown}")
    return Relation(columns, rows, tuple(source.keys or ()), source.timestamp_field)


def _event_time(
    source: Source | SqlFeatureView, values: Mapping[str, object], zone: ZoneInfo
) -> int | None:
    """Return the instant of a row; None for one that cannot be read, or that the source lacks."""
    field, time_format = source.timestamp_field, source.timestamp_format
    if field is None or values[field] is None:
        return None
    value = values[field]
    if isinstance(value, datetime) and source.schema[field] == Timestamp and time_format is None:
        return to_ms(value)
    if isinstance(value, int) and time_format in NUMBERS:
        return read_number(value, time_format)
    if isinstance(value, str) and time_format is not None and time_format not in NUMBERS:
        return read_text(value, time_format, zone)
    raise OracleError(f"{source.name}: {field!r} and the format {time_format!r} do not go together")
