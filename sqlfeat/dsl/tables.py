"""What can be read by name: sources and views."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Table:
    """A source or a view. `name` is unique among what a target uses."""

    name: str
