"""Timestamps as sources hold them and views show them: strptime codes and numbers."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from sqlfeat.expr.time_formats import Code, parts_of, split_format

from .instants import on_the_clock, to_datetime, to_ms

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

NUMBERS = {"epoch": 1_000, "epoch_millis": 1}
"""The formats that are numbers, with the milliseconds of one."""

PATTERNS = {
    "%Y": "[0-9]{4}",
    "%m": "[0-9]{2}",
    "%d": "[0-9]{2}",
    "%H": "[0-9]{2}",
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
    "%f": "[0-9]{1,6}",
    "%z": "Z|[+-][0-9]{2}:?[0-9]{2}",
}


def read_number(number: int, time_format: str) -> int | None:
    """Return the instant of a number, None for one beyond the calendar."""
    instant = number * NUMBERS[time_format]
    try:
        to_datetime(instant)
    except OverflowError:
        return None
    return instant


def read_text(text: str, time_format: str, zone: ZoneInfo) -> int | None:
    """Return the instant of a text, by the zone if it has no offset; None for unreadable text."""
    found = re.fullmatch(_pattern(time_format), text)
    if found is None:
        return None
    fields = {name: value for name, value in found.groupdict().items() if name != "z"}
    fraction = fields.pop("f", "0").ljust(6, "0")
    parts = {name: int(value) for name, value in fields.items()}
    try:
        moment = datetime(
            parts["Y"],
            parts["m"],
            parts["d"],
            parts.get("H", 0),
            parts.get("M", 0),
            parts.get("S", 0),
            int(fraction),
            tzinfo=_offset(found["z"]) if "z" in found.groupdict() else zone,
        )
        return read_number(to_ms(moment), "epoch_millis")
    except (ValueError, OverflowError):
        return None


def _pattern(time_format: str) -> str:
    return "".join(
        f"(?P<{part.code[1]}>{PATTERNS[part.code]})" if isinstance(part, Code) else re.escape(part.text)
        for part in split_format(time_format)
    )


def _offset(text: str) -> tzinfo:
    if text == "Z":
        return timezone(timedelta(0))
    hours, minutes = int(text[1:3]), int(text[-2:])
    if minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def show_number(instant: int, time_format: str) -> int:
    """Return an instant as a number; a part of a second is cut off."""
    return instant // NUMBERS[time_format]


def show_text(instant: int, time_format: str, zone: ZoneInfo) -> str:
    """Return an instant as text, by the clock of the zone; what the format lacks is cut off."""
    moment = on_the_clock(instant, zone)
    shown = {
        "%Y": f"{moment.year:04}",
        "%m": f"{moment.month:02}",
        "%d": f"{moment.day:02}",
        "%H": f"{moment.hour:02}",
        "%M": f"{moment.minute:02}",
        "%S": f"{moment.second:02}",
        "%f": f"{moment.microsecond:06}",
        "%z": moment.strftime("%z"),
    }
    return "".join(
        shown[part.code] if isinstance(part, Code) else part.text for part in parts_of(time_format)
    )
