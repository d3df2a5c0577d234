"""Dates and instants in Flink's words.

EXTRACT from a TIMESTAMP is wrong before 1970, FLOOR of an instant on days of 23 and 25 hours: parts are
taken from a DATE or a TIME, and days, weeks and months of instants are found by their date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlfeat.dialects import flink_time
from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import PRODUCT, Sql
from sqlfeat.dialects.java_time import java_pattern
from sqlfeat.expr.nodes import Call, Literal, type_of
from sqlfeat.expr.time_functions import DATE_UNITS, format_of, unit_of
from sqlfeat.types import Date, String, Timestamp

PARTS = {"DAYOFWEEK": "DOW", "DAYOFYEAR": "DOY"}
OF_A_DAY = ("HOUR", "MINUTE", "SECOND")
SHORTER = {"MINUTE": 1_440, "SECOND": 86_400}
"""Units of which a TIMESTAMPDIFF overflows, with how many of them 24 hours are."""
CLOCK_DIGITS = 10**11
"""More than the number that a day of the month and the time of day make: ddHHmmssSSS."""


def timestamp(moment: datetime) -> str:
    """Return a literal of an instant: on the clock of the session's zone, or in UTC."""
    if moment.tzinfo is None:
        text = moment.isoformat(" ", "milliseconds")
        return f"CAST(TIMESTAMP '{text}' AS TIMESTAMP_LTZ(3))"
    since = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    return f"TO_TIMESTAMP_LTZ({since}, 3)"


def _date(call: Call, place: int, sql: str) -> str:
    return sql if type_of(call.args[place]) == Date else f"CAST({sql} AS DATE)"


def _clock(sql: str) -> str:
    return f"CAST({sql} AS TIMESTAMP(3))"


def _instant(sql: str) -> str:
    return f"CAST({sql} AS TIMESTAMP_LTZ(3))"


def _part(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    name = PARTS.get(call.function, call.function)
    holder = f"CAST({args[0]} AS TIME)" if name in OF_A_DAY else _date(call, 0, args[0])
    return f"EXTRACT({name} FROM {holder})"


def _truncated(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    unit, value = unit_of(call.args[0]), args[1]
    if unit == "SECOND":
        return f"FLOOR({value} TO SECOND)"
    if unit in OF_A_DAY:
        since = f"({_clock(value)} - FLOOR({_clock(value)} TO {unit})) HOUR TO SECOND"
        return f"{value} - {since}"
    day = _date(call, 1, value)
    first = day if unit == "DAY" else _first_day(unit, day)
    return first if call.type == Date else _instant(first)


def _first_day(unit: str, day: str) -> str:
    """Return the first day of a unit. FLOOR goes by the Julian calendar before 1582."""
    part = {"WEEK": "ISODOW", "YEAR": "DOY"}.get(unit, "DAY")
    first = f"TIMESTAMPADD(DAY, 1 - EXTRACT({part} FROM {day}), {day})"
    if unit != "QUARTER":
        return first
    return f"TIMESTAMPADD(MONTH, -MOD(EXTRACT(MONTH FROM {day}) - 1, 3), {first})"


def _added(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    unit, (_, count, value) = unit_of(call.args[0]), args
    if call.type == Date or unit not in DATE_UNITS:
        return f"TIMESTAMPADD({unit}, {count}, {value})"
    return _instant(f"TIMESTAMPADD({unit}, {count}, {_clock(value)})")


def _difference(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Count whole units. A month is whole when its day comes again, which TIMESTAMPDIFF does not mind."""
    unit, (_, first, second) = unit_of(call.args[0]), args
    if unit in SHORTER:
        days = f"TIMESTAMPDIFF(DAY, {first}, {second})"
        rest = f"TIMESTAMPDIFF({unit}, TIMESTAMPADD(DAY, {days}, {first}), {second})"
        return f"CAST({days} AS BIGINT) * {SHORTER[unit]} + {rest}"
    if unit in ("DAY", "WEEK", "HOUR"):
        if unit != "HOUR" and type_of(call.args[1]) == Timestamp:
            first, second = Sql(_clock(first)), Sql(_clock(second))
        if unit == "WEEK":
            return f"CAST(TIMESTAMPDIFF(DAY, {first}, {second}) / 7 AS BIGINT)"
        return f"CAST(TIMESTAMPDIFF({unit}, {first}, {second}) AS BIGINT)"
    months = f"({_months(call, 2, second)} - {_months(call, 1, first)}) / {_digits(call)}"
    return Sql({"MONTH": months, "QUARTER": f"{months} / 3", "YEAR": f"{months} / 12"}[unit], PRODUCT)


def _digits(call: Call) -> int:
    return 100 if type_of(call.args[1]) == Date else CLOCK_DIGITS


def _months(call: Call, place: int, value: str) -> str:
    """Return a number of months, and the day in the month with its time as the last digits."""
    day = _date(call, place, value)
    months = f"(EXTRACT(YEAR FROM {day}) * 12 + EXTRACT(MONTH FROM {day})) * {_digits(call)}"
    if type_of(call.args[place]) == Date:
        return f"({months} + EXTRACT(DAY FROM {day}))"
    return f"({months} + CAST(DATE_FORMAT({value}, 'ddHHmmssSSS') AS BIGINT))"


def _reading(call: Call) -> Call:
    text = call.args[0]
    return Call("INSTANT_OF_TEXT", (text, Literal(format_of(call.args), String)), Timestamp)


def _read(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Read a text strictly: what is read, printed again, is the text."""
    reading, value = _reading(call), args[0]
    readable = flink_time.readable(reading, value, dialect)
    if call.function != "TRY_TO_TIMESTAMP":
        readable += f" OR CAST('{call.function} cannot read ' || {value} AS BOOLEAN)"
    return f"CASE WHEN {readable} THEN {flink_time.instant(reading, value, dialect)} END"


def _shown(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    letters = dialect.text(java_pattern(format_of(call.args), "SSSSSS", ""))
    return f"DATE_FORMAT({args[0]}, {letters})"


def _seconds(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    value = args[0] if type_of(call.args[0]) == Timestamp else _read(dialect, call, args)
    utc = flink_time.utc_of_instant(dialect, call, (Sql(value),))
    return f"EXTRACT(EPOCH FROM FLOOR({utc} TO SECOND))"


FLINK_CALENDAR: Mapping[str, FunctionText] = {
    **dict.fromkeys(("YEAR", "QUARTER", "MONTH", "WEEK", "DAY"), _part),
    **dict.fromkeys(("DAYOFWEEK", "ISODOW", "DAYOFYEAR", "HOUR", "MINUTE", "SECOND"), _part),
    "DATE_TRUNC": _truncated,
    "TIMESTAMPADD": _added,
    "TIMESTAMPDIFF": _difference,
    "TO_TIMESTAMP": _read,
    "TRY_TO_TIMESTAMP": _read,
    "DATE_FORMAT": _shown,
    "UNIX_TIMESTAMP": _seconds,
}
