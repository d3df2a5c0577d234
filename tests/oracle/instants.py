"""Instants: milliseconds since 1970-01-01 00:00 UTC, and what the clocks of a zone show then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
DAY_MS = 86_400_000


def to_ms(moment: datetime) -> int:
    """Return the milliseconds of an aware datetime; what is finer is cut off.

    On the wall clock of a zone (`fold=0`) a time that daylight saving skips counts as if the clock
    had not been put forward yet, a time that comes twice as the first of the two.
    """
    return (moment - EPOCH) // MILLISECOND


def to_datetime(instant: int) -> datetime:
    return EPOCH + instant * MILLISECOND


def on_the_clock(instant: int, zone: ZoneInfo) -> datetime:
    return to_datetime(instant).astimezone(zone)


def midnight(day: date, zone: ZoneInfo) -> int:
    """Return the instant at which a day begins in a zone."""
    return to_ms(datetime(day.year, day.month, day.day, tzinfo=zone))


def day_of(instant: int, zone: ZoneInfo) -> date:
    """Return the day that an instant belongs to: the one whose midnight is the latest before it.

    The clock's own date is that day, but where a clock is put back across midnight.
    """
    day = on_the_clock(instant, zone).date()
    while instant < midnight(day, zone):
        day -= timedelta(days=1)
    while instant >= midnight(day + timedelta(days=1), zone):
        day += timedelta(days=1)
    return day


def standard_offset_ms(zone: ZoneInfo) -> int:
    """Return a zone's offset from UTC without daylight saving, which is one of winter or summer."""
    seasons = (datetime(2020, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    return min(offset // MILLISECOND for offset in seasons if offset is not None)
