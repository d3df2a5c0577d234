"""Time zones: whether a zone's clock changes with the season, where its standard midnight lies."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

YEARS = range(2024, 2027)
MIDDLE_OF_MONTHS = range(1, 13)


def changes_its_clock(timezone: str) -> bool:
    """Whether the zone has daylight saving nowadays.

    >>> changes_its_clock("Europe/Paris"), changes_its_clock("Asia/Shanghai")
    (True, False)
    """
    zone = ZoneInfo(timezone)
    moments = (datetime(year, month, 15, tzinfo=UTC) for year in YEARS for month in MIDDLE_OF_MONTHS)
    return len({moment.astimezone(zone).utcoffset() for moment in moments}) > 1


def local_midnight_ms(timezone: str) -> int:
    """Return when the zone's midnight by standard time lies, in milliseconds after that of UTC.

    >>> local_midnight_ms("Asia/Shanghai"), local_midnight_ms("America/New_York")
    (-28800000, 18000000)
    """
    zone = ZoneInfo(timezone)
    offsets = (datetime(2025, month, 1, tzinfo=UTC).astimezone(zone).utcoffset() for month in (1, 7))
    least = min(offset for offset in offsets if offset is not None)
    return -int(least.total_seconds() * 1_000)
