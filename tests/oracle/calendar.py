"""Dates, and instants as the clocks of the zone show them."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlfeat.types import Date, Int64, Null, String, Timestamp

from .errors import OracleError
from .formulas import Formula, strict
from .instants import midnight, on_the_clock, to_datetime, to_ms
from .time_text import read_text, show_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from sqlfeat.types import DataType

USUAL = "%Y-%m-%d %H:%M:%S"
MILLIS = {"HOUR": 3_600_000, "MINUTE": 60_000, "SECOND": 1_000}
MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
DAYS = {"DAY": 1, "WEEK": 7}
PARTS: dict[str, Any] = {
    "YEAR": lambda at: at.year,
    "QUARTER": lambda at: (at.month + 2) // 3,
    "MONTH": lambda at: at.month,
    "WEEK": lambda at: at.isocalendar().week,
    "DAY": lambda at: at.day,
    "DAYOFWEEK": lambda at: at.isoweekday() % 7 + 1,
    "ISODOW": lambda at: at.isoweekday(),
    "DAYOFYEAR": lambda at: at.timetuple().tm_yday,
    "HOUR": lambda at: at.hour,
    "MINUTE": lambda at: at.minute,
    "SECOND": lambda at: at.second,
}
OTHER_NAMES = {"DAYOFMONTH": "DAY", "WEEKOFYEAR": "WEEK", "DOW": "DAYOFWEEK", "DOY": "DAYOFYEAR"}


def _kind(name: str, arg: Formula, *kinds: DataType) -> DataType:
    if arg.type not in (*kinds, Null):
        raise OracleError(f"{name} does not take {arg.type}")
    return kinds[0] if arg.type == Null else arg.type


def part(name: str, args: Sequence[Formula], zone: ZoneInfo) -> Formula:
    name = OTHER_NAMES.get(name, name)
    _kind(name, args[0], Timestamp, *(() if name in MILLIS else (Date,)))
    return strict(Int64, args, lambda at: PARTS[name](_clock(at, zone)))


def _clock(at: Any, zone: ZoneInfo) -> Any:
    """Return what the clock shows at an instant; a date is itself."""
    return on_the_clock(to_ms(at), zone) if isinstance(at, datetime) else at


def _unit(arg: Formula) -> str:
    return str(arg.literal).upper()


def truncated(name: str, args: Sequence[Formula], zone: ZoneInfo) -> Formula:
    """Return the start of the unit that holds a moment."""
    unit, dtype = _unit(args[0]), _kind(name, args[1], Timestamp, Date)

    def compute(at: Any) -> object:
        if not isinstance(at, datetime):
            return _first_day(at, unit)
        if unit not in MILLIS:
            return to_datetime(midnight(_first_day(_clock(at, zone).date(), unit), zone))
        shown = _clock(at, zone)
        past = {"HOUR": shown.minute * 60_000 + shown.second * 1_000, "MINUTE": shown.second * 1_000}
        return to_datetime(to_ms(at) - past.get(unit, 0) - shown.microsecond // 1_000)

    return strict(dtype, args[1:], compute)


def _first_day(day: date, unit: str) -> date:
    if unit == "DAY":
        return day
    if unit == "WEEK":
        return day - timedelta(days=day.isoweekday() - 1)
    months = MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def added(name: str, args: Sequence[Formula], zone: ZoneInfo) -> Formula:
    """Add units: those of the calendar on the clock, shorter ones in real time."""
    unit, dtype = _unit(args[0]), _kind(name, args[2], Timestamp, Date)

    def compute(count: int, at: Any) -> object:
        if unit in MILLIS:
            return to_datetime(to_ms(at) + count * MILLIS[unit])
        later = _later(_clock(at, zone), unit, count)
        if not isinstance(at, datetime):
            return later
        assert isinstance(later, datetime)
        return to_datetime(to_ms(later.replace(tzinfo=zone, fold=0)))

    return strict(dtype, args[1:], compute)


def _later(moment: Any, unit: str, count: int) -> date:
    """Return the moment on the calendar, in a shorter month on its last day."""
    if unit in DAYS:
        return moment + timedelta(days=count * DAYS[unit])
    months = moment.year * 12 + moment.month - 1 + count * MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def difference(name: str, args: Sequence[Formula], zone: ZoneInfo) -> Formula:
    """Count the whole units from one moment to the other, toward zero."""
    unit = _unit(args[0])
    for arg in args[1:]:
        _kind(name, arg, Timestamp, Date)

    def compute(first: Any, second: Any) -> int:
        if unit in MILLIS:
            return _whole(to_ms(second) - to_ms(first), MILLIS[unit])
        shown, later = (_plain(_clock(at, zone)) for at in (first, second))
        if unit in DAYS:
            return _whole((later - shown) // timedelta(milliseconds=1), DAYS[unit] * 86_400_000)
        return _whole(_months(shown, later), MONTHS[unit])

    return strict(Int64, args[1:], compute)


def _plain(moment: date) -> datetime:
    """Return what a clock shows without its zone; of a date, its midnight."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime(moment.year, moment.month, moment.day)


def _whole(amount: int, unit: int) -> int:
    return amount // unit if amount >= 0 else -(-amount // unit)


def _months(first: datetime, second: datetime) -> int:
    """Return the whole months: one is over when its day and time of day have come again."""
    if second < first:
        return -_months(second, first)
    months = (second.year - first.year) * 12 + second.month - first.month
    return months - (_in_month(second) < _in_month(first))


def _in_month(moment: datetime) -> tuple[object, ...]:
    return (moment.day, moment.time())


def _format(args: Sequence[Formula]) -> str:
    return str(args[1].literal) if len(args) > 1 else USUAL


def read(name: str, args: Sequence[Formula], zone: ZoneInfo) -> Formula:
    """Read a text; what cannot be read is an error, or NULL where it is only tried."""
    _kind(name, args[0], String)

    def compute(text: str) -> object:
        instant = read_text(text, _format(args), zone)
        if instant is None and not name.startswith("TRY_"):
            raise OracleError(f"{name} cannot read {text!r}")
        return None if instant is None else to_datetime(instant)

    return strict(Timestamp, args[:1], compute)


def seconds(name: str, args: Sequence[Formula], zone: ZoneInfo) -> Formula:
    moment = args[0] if args[0].type == Timestamp else read(name, args, zone)
    return strict(Int64, [moment], lambda at: to_ms(at) // 1_000)


def shown(name: str, args: Sequence[Formula], zone: ZoneInfo) -> Formula:
    _kind(name, args[0], Timestamp)
    return strict(String, args[:1], lambda at: show_text(to_ms(at), _format(args), zone))


def constant_moment(value: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a constant: without an offset it is on the clock of the zone."""
    aware = value.replace(tzinfo=zone) if value.tzinfo is None else value
    return to_datetime(to_ms(aware)).astimezone(UTC)


ZONED = {
    **dict.fromkeys((*PARTS, *OTHER_NAMES), part),
    "DATE_TRUNC": truncated,
    "TIMESTAMPADD": added,
    "TIMESTAMPDIFF": difference,
    **dict.fromkeys(("TO_TIMESTAMP", "TRY_TO_TIMESTAMP"), read),
    "UNIX_TIMESTAMP": seconds,
    "DATE_FORMAT": shown,
}
"""What each function makes of its arguments, given its own name and the zone."""
