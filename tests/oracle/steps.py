"""Where sliding windows end, and where those of a given size begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .instants import DAY_MS, day_of, midnight, standard_offset_ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class RealTimeSteps:
    """Every `step_ms`, whatever the clocks show; one ends at a midnight of the standard time."""

    step_ms: int
    zone: ZoneInfo

    def ends_after(self, instant: int, size_ms: int) -> Iterator[int]:
        """Yield the ends of the windows of a size that hold an instant."""
        aligned = -standard_offset_ms(self.zone)
        end = aligned + ((instant - aligned) // self.step_ms + 1) * self.step_ms
        while end - size_ms <= instant:
            yield end
            end += self.step_ms

    def start(self, end: int, size_ms: int) -> int:
        return end - size_ms

    def next_end(self, end: int) -> int:
        return end + self.step_ms


@dataclass(frozen=True)
class CalendarSteps:
    """At the midnights of a zone, `days` apart as counted from 1970-01-01, long days or short."""

    days: int
    zone: ZoneInfo

    def ends_after(self, instant: int, size_ms: int) -> Iterator[int]:
        """Yield the ends of the windows of a size that hold an instant."""
        today = day_of(instant, self.zone)
        since = (today - date(1970, 1, 1)).days
        day = today + timedelta(days=self.days - since % self.days)
        while day - timedelta(days=size_ms // DAY_MS) <= today:
            yield midnight(day, self.zone)
            day += timedelta(days=self.days)

    def start(self, end: int, size_ms: int) -> int:
        return midnight(day_of(end, self.zone) - timedelta(days=size_ms // DAY_MS), self.zone)

    def next_end(self, end: int) -> int:
        return midnight(day_of(end, self.zone) + timedelta(days=self.days), self.zone)


Steps = RealTimeSteps | CalendarSteps


def steps_of(step_ms: int, zone: ZoneInfo) -> Steps:
    """Return the steps of whole days by the calendar, any others in real time."""
    if step_ms % DAY_MS == 0:
        return CalendarSteps(step_ms // DAY_MS, zone)
    return RealTimeSteps(step_ms, zone)
