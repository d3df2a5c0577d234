"""All constructs, by subject."""

from __future__ import annotations

from tests.support import functions, joins, over, sliding, surface, tables
from tests.support.construct import Construct

MATRIX: dict[str, tuple[Construct, ...]] = {
    "Sources": tables.SOURCES,
    "Types of columns": tables.COLUMNS,
    "Views": tables.VIEWS,
    "Some rows of a view": tables.SELECTION,
    "Point-in-time joins": joins.JOINS,
    "Over windows": over.WINDOWS,
    "Aggregates of over windows": over.AGGREGATES_OVER,
    "FIRST_VALUE and LAST_VALUE of over windows": over.FIRST_AND_LAST,
    "Sliding windows": sliding.WINDOWS,
    "Aggregates of sliding windows": sliding.AGGREGATES_SLIDING,
    "FIRST_VALUE and LAST_VALUE of sliding windows": sliding.FIRST_AND_LAST,
    "Functions and operators": functions.FUNCTIONS,
    "Python functions": surface.PYTHON,
    "SELECTs of one's own": surface.SELECTS,
    "Rows that are made up": surface.MADE_UP,
    "Sinks": tables.SINKS,
}


def constructs() -> list[tuple[str, Construct]]:
    """Return each construct with its subject."""
    return [(subject, one) for subject, of_it in MATRIX.items() for one in of_it]
