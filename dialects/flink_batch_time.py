"""How Flink's batch mode says event times: each is a BIGINT, the milliseconds since 1970 in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlfeat.dialects import flink_time as time
from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import TEST, Sql
from sqlfeat.dialects.constants import amount_of, time_format_of
from sqlfeat.dialects.flink_conditions import FLINK_CONDITIONS
from sqlfeat.dialects.flink_intervals import interval
from sqlfeat.dialects.java_time import FIRST_MS
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.slide import DAY_MS
from sqlfeat.types import Instant

STAMP_DIGITS = 15


def _plus(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    amount = amount_of(call)
    return f"{args[0]} {'+' if amount >= 0 else '-'} {abs(amount)}"


def _instant(millis: str) -> str:
    return f"TO_TIMESTAMP_LTZ({millis}, 3)"


def _clock(millis: str) -> str:
    """Return what a clock of the session's zone shows at an instant."""
    return f"CAST({_instant(millis)} AS TIMESTAMP(3))"


def _plus_days(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Add days by the calendar: on the wall clock of the session's zone."""
    later = f"{_clock(args[0])} + {interval(amount_of(call) * DAY_MS)}"
    return _millis(f"CAST({later} AS TIMESTAMP_LTZ(3))")


def _millis(instant: str) -> str:
    """Return the milliseconds since 1970 of a TIMESTAMP_LTZ: those of the second are any zone's."""
    return f"{_seconds(instant)} + EXTRACT(MILLISECOND FROM {instant})"


def _seconds(instant: str) -> str:
    """Return the milliseconds since 1970 of a TIMESTAMP_LTZ that is a whole second."""
    return f"EXTRACT(EPOCH FROM {time.EPOCH} + ({instant} - {time.EPOCH_LTZ}) DAY TO SECOND) * 1000"


def _or_fail(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the milliseconds of a row's event time; a row that has none stops the run."""
    row, millis = _read(dialect, call, args[2])
    return f"CASE\n    WHEN {row.ok}\n      OR {row.fails}\n    THEN {millis}\n  END"


def _or_null(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the milliseconds of a row's event time, and NULL for a row that has none."""
    row, millis = _read(dialect, call, args[2])
    return f"CASE\n    WHEN {row.ok}\n    THEN {millis}\n  END"


def _has_millis(read: Call) -> bool:
    return read.function != "INSTANT_OF_TEXT" or "%f" in time_format_of(read)


def _read(dialect: Dialect, call: Call, message: str) -> tuple[time.Guarded, str]:
    """Return what is read of a row's event time, and its milliseconds. A number needs no calendar."""
    row, read = time.guarded(dialect, call, message), call.args[0]
    assert isinstance(read, Call)
    if read.function != "INSTANT_OF_NUMBER":
        return row, _millis(row.value) if _has_millis(read) else _seconds(row.value)
    assert isinstance(read.args[0], Column)
    number, unit = dialect.quote(read.args[0].name), amount_of(read)
    return row, f"CAST({number} AS BIGINT)" if unit == 1 else f"CAST({number} AS BIGINT) * {unit}"


def _text_of_instant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    return time.text_of_instant(dialect, call, (_instant(args[0]),))


def _of_millis(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    """Return the instant of a number: as an event time it is the number."""
    return args[0] if call.type == Instant else Sql(_instant(args[0]))


def _greatest(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Return the later of an event time and a TIMESTAMP; other values are compared as ever."""
    if call.type != Instant:
        said = FLINK_CONDITIONS["GREATEST"]
        assert callable(said)
        return said(dialect, call, args)
    times = (
        text if type_of(arg) == Instant else time.millis_of_timestamp(dialect, call, (text,))
        for arg, text in zip(call.args, args, strict=True)
    )
    return f"GREATEST({', '.join(times)})"


def _stamped(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return a text behind its time: 15 digits from the year 1 on, in the order of the times."""
    return f"LPAD(CAST({args[0]} + {-FIRST_MS} AS STRING), {STAMP_DIGITS}, '0') || {args[1]}"


def _unstamped(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    return time.behind_stamp(dialect, call, args[0], STAMP_DIGITS)


def _span(amount: Expr) -> int:
    assert isinstance(amount, Literal)
    assert isinstance(amount.value, int)
    return amount.value


def _window_end(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the end of the window of this number among those that hold a row."""
    step, offset = (_span(arg) for arg in call.args[2:])
    row_time, number = args[:2]
    since = f"{row_time} - {offset}" if offset > 0 else f"{row_time} + {-offset}" if offset else row_time
    return f"{row_time} - MOD(MOD({since}, {step}) + {step}, {step}) + {number} * {step}"


def _window_midnight(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the midnight at which the window of this number ends, among those that hold a row."""
    days = amount_of(call)
    day, number = _day(args[0]), args[1]
    if days == 1:
        last = f"TIMESTAMPADD(DAY, {number}, {day})"
    else:
        since = f"TIMESTAMPDIFF(DAY, DATE '1970-01-01', {day})"
        last = f"TIMESTAMPADD(DAY, {number} * {days} - MOD(MOD({since}, {days}) + {days}, {days}), {day})"
    return _seconds(f"CAST(CAST({last} AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3))")


def _in_last_of_window(dialect: Dialect, call: Call, args: tuple[str, ...]) -> Sql:
    return Sql(f"{args[0]} >= window_end - {amount_of(call)}", TEST)


def _in_last_days_of_window(dialect: Dialect, call: Call, args: tuple[str, ...]) -> Sql:
    days = amount_of(call) // DAY_MS
    return Sql(f"{_day(args[0])} >= TIMESTAMPADD(DAY, {-days}, {_day('window_end')})", TEST)


def _day(millis: str) -> str:
    """Return the day in the session's zone. A cast alone takes times before 1970 for a day later."""
    return f"CAST(FLOOR({_clock(millis)} TO DAY) AS DATE)"


def _instant_constant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    moment = call.args[0]
    assert isinstance(moment, Literal)
    since = datetime.fromisoformat(f"{moment.value}+00:00") - datetime(1970, 1, 1, tzinfo=UTC)
    return str(since // timedelta(milliseconds=1))


def _number_of_instant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    if amount_of(call) == 1:
        return args[0]
    return f"({args[0]} - MOD(MOD({args[0]}, 1000) + 1000, 1000)) / 1000"


FLINK_BATCH_TIME: Mapping[str, FunctionText] = {
    "PLUS": _plus,
    "PLUS_DAYS": _plus_days,
    "GREATEST": _greatest,
    "OR_FAIL": _or_fail,
    "OR_LONG_AGO": _or_null,
    "TIMESTAMP_OF_INSTANT": "TO_TIMESTAMP_LTZ({0}, 3)",
    "TIMESTAMP_OF_MILLIS": _of_millis,
    "TEXT_OF_INSTANT": _text_of_instant,
    "NUMBER_OF_INSTANT": _number_of_instant,
    "WINDOW_END": _window_end,
    "WINDOW_MIDNIGHT": _window_midnight,
    "IN_LAST_OF_WINDOW": _in_last_of_window,
    "IN_LAST_DAYS_OF_WINDOW": _in_last_days_of_window,
    "INSTANT": _instant_constant,
    "STAMPED": _stamped,
    "UNSTAMPED": _unstamped,
}
