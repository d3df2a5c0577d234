"""Dates and instants in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import ATOM, PRODUCT, Sql, at_least
from sqlfeat.dialects.java_time import has_letters, java_pattern, whole_pattern
from sqlfeat.expr.nodes import Call, Literal, type_of
from sqlfeat.expr.time_functions import DATE_UNITS, format_of, unit_of
from sqlfeat.types import Date, Timestamp

PARTS = {"WEEK": "weekofyear({0})", "ISODOW": "weekday({0}) + 1"}
MILLIS = {"HOUR": 3_600_000, "MINUTE": 60_000, "SECOND": 1_000}


def timestamp(moment: datetime) -> str:
    """Return a literal of an instant: on the clock of the session's zone, or in UTC."""
    offset = "" if moment.tzinfo is None else "Z"
    return f"TIMESTAMP '{moment.replace(tzinfo=None).isoformat(' ', 'milliseconds')}{offset}'"


def _part(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    said = PARTS.get(call.function, call.function.lower() + "({0})")
    return f"CAST({said.format(args[0])} AS BIGINT)"


def _truncated(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Return the start of a unit. `date_trunc` takes the second of two midnights for that of a day, and
    goes back over a change of the clock within an hour or a minute.
    """
    unit, value = unit_of(call.args[0]), args[1]
    if unit in DATE_UNITS:
        day = value if call.type == Date else f"CAST({value} AS DATE)"
        first = day if unit == "DAY" else f"trunc({day}, '{unit}')"
        return first if call.type == Date else f"CAST({first} AS TIMESTAMP)"
    if unit == "SECOND":
        return f"date_trunc('SECOND', {value})"
    minutes = f"minute({value})" if unit == "HOUR" else "0"
    return f"{value} - make_dt_interval(0, 0, {minutes}, extract(SECOND FROM {value}))"


def _added(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Add units of the calendar on the wall clock, shorter ones in real time. Spark itself takes 24
    hours for a day.
    """
    unit, (_, count, value) = unit_of(call.args[0]), args
    amount = call.args[1]
    if unit not in DATE_UNITS and isinstance(amount, Literal) and isinstance(amount.value, int):
        span = amount.value * MILLIS[unit]
        return f"timestamp_millis(unix_millis({value}) {'-' if span < 0 else '+'} {abs(span)})"
    if unit not in DATE_UNITS:
        return f"timestamp_millis(unix_millis({value}) + {at_least(ATOM, count)} * {MILLIS[unit]})"
    added = f"timestampadd({unit}, {count}, CAST({value} AS TIMESTAMP_NTZ))"
    return f"CAST({added} AS {dialect.type_name(call.type)})"


def _difference(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    unit, (_, first, second) = unit_of(call.args[0]), args
    if unit not in DATE_UNITS:
        return Sql(f"(unix_millis({second}) - unix_millis({first})) DIV {MILLIS[unit]}", PRODUCT)
    is_date = type_of(call.args[1]) != Timestamp
    if unit in ("DAY", "WEEK"):
        days = f"datediff({second}, {first})" if is_date else f"timestampdiff(DAY, {first}, {second})"
        days = f"CAST({days} AS BIGINT)" if is_date else days
        return days if unit == "DAY" else Sql(f"{days} DIV 7", PRODUCT)
    months = f"({_months(second, is_date)} - {_months(first, is_date)}) DIV {100 if is_date else 10**11}"
    return Sql({"MONTH": months, "QUARTER": f"{months} DIV 3", "YEAR": f"{months} DIV 12"}[unit], PRODUCT)


def _months(moment: str, is_date: bool) -> str:
    """Return a number of months, and as its last digits the day in the month and the time of day."""
    months = f"(year({moment}) * 12 + month({moment}))"
    if is_date:
        return f"({months} * 100 + day({moment}))"
    return f"({months} * {10**11} + CAST(date_format({moment}, 'ddHHmmssSSS') AS BIGINT))"


def instant_of_text(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Read a text strictly. One that cannot be read stops the run where a function says so, else it is
    NULL.
    """
    time_format, value = format_of(call.args), str(args[0])
    fails = call.function in ("TO_TIMESTAMP", "UNIX_TIMESTAMP")
    pattern = dialect.text(java_pattern(time_format, "SSSSSS", "[XXX][XX]"))
    if "%z" in time_format or has_letters(time_format):
        # The pattern reads an offset in each of its forms, twice, and none at all; and small letters.
        whole = dialect.text(whole_pattern(time_format))
        otherwise = f" ELSE concat('unreadable: ', {value})" if fails else ""
        value = f"CASE WHEN {value} RLIKE {whole} THEN {value}{otherwise} END"
    read = f"{'to_timestamp' if fails else 'try_to_timestamp'}({value}, {pattern})"
    return f"date_trunc('MILLISECOND', {read})" if "%f" in time_format else read


def shown(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Return an instant as text, in the session's zone."""
    return f"date_format({args[0]}, {dialect.text(java_pattern(format_of(call.args), 'SSSSSS', ''))})"


def _seconds(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    value = args[0] if type_of(call.args[0]) == Timestamp else instant_of_text(dialect, call, args)
    return f"unix_seconds({value})"


SPARK_CALENDAR: Mapping[str, FunctionText] = {
    **dict.fromkeys(("YEAR", "QUARTER", "MONTH", "WEEK", "DAY"), _part),
    **dict.fromkeys(("DAYOFWEEK", "ISODOW", "DAYOFYEAR", "HOUR", "MINUTE", "SECOND"), _part),
    "DATE_TRUNC": _truncated,
    "TIMESTAMPADD": _added,
    "TIMESTAMPDIFF": _difference,
    "TO_TIMESTAMP": instant_of_text,
    "TRY_TO_TIMESTAMP": instant_of_text,
    "DATE_FORMAT": shown,
    "UNIX_TIMESTAMP": _seconds,
}
