"""Which rows of a view are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

Keys = Any
"""A list of values, of tuples or of mappings, or a pandas DataFrame."""

Moment = str | date
"""A datetime or a date, or text such as "2022-01-31 08:00:00"."""


@dataclass(frozen=True, eq=False)
class Selection:
    """The rows of a view whose keys are among `keys`, and whose time is at `start` or later and before
    `end`. None: all rows. They are chosen when every feature was computed, from all rows.

    `keys` is a list of values where the view has one key, of tuples in the order of its keys, of
    mappings from names of columns to values, or a DataFrame whose columns are columns of the view.
    Moments without an offset are read in the project's time zone.
    """

    keys: Keys | None = None
    start: Moment | None = None
    end: Moment | None = None
