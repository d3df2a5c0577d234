"""How Flink reads and prints instants. Its own functions are lenient, and mind the session's zone in
different ways; what stands here was found to be right on files with good and bad values.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.constants import amount_of, time_format_of
from sqlfeat.dialects.java_time import FIRST_MS, LAST_MS, java_pattern, whole_pattern, width_of
from sqlfeat.expr.nodes import Call, Column
from sqlfeat.expr.time_formats import Code, joined, split_tail
from sqlfeat.types import String

EPOCH = "TIMESTAMP '1970-01-01 00:00:00.000'"
EPOCH_LTZ = "TO_TIMESTAMP_LTZ(0, 3)"
LONG_AGO = "TO_TIMESTAMP_LTZ(-62135596800000, 3)"
"""The event time of a row whose own cannot be read and which is left out: Flink takes no NULL."""
STILL_LONG_AGO = "TO_TIMESTAMP_LTZ(-62135510400000, 3)"
STILL_LONG_AGO_IN_UTC = "TIMESTAMP '0001-01-02 00:00:00.000'"
"""A day later, and before every time that a row can have of its own."""


def _is_plain(time_format: str) -> bool:
    return "%f" not in time_format and "%z" not in time_format


@dataclass(frozen=True)
class Pieces:
    """The SQL of what a text with a fraction or an offset at its end is made of.

    `pattern` is the literal of the regular expression of the whole; `clock` the text of the date and
    the time to the second, `letters` its format; `millis` and `offset` are None where there is none.
    """

    pattern: str
    clock: str
    letters: str
    millis: str | None
    offset: str | None


def _pieces(value: str, time_format: str, dialect: Dialect) -> Pieces:
    head, tail = split_tail(time_format)
    width = width_of(head)
    codes = [part.code for part in tail if isinstance(part, Code)]
    pattern = dialect.text(whole_pattern(time_format))

    def group(code: str) -> str | None:
        if code not in codes:
            return None
        return f"REGEXP_EXTRACT({value}, {pattern}, {codes.index(code) + 1})"

    fraction, offset = group("%f"), group("%z")
    millis = None if fraction is None else f"CAST(SUBSTRING({fraction} || '00', 1, 3) AS INT)"
    letters = dialect.text(java_pattern(joined(head), "", ""))
    return Pieces(pattern, f"SUBSTRING({value}, 1, {width})", letters, millis, offset)


def readable(call: Call, value: str, dialect: Dialect) -> str:
    """Return the condition that an instant can be read: what is read, printed again, is the text.

    Flink's TO_TIMESTAMP clamps February 30 and reads much that is not of the format.
    """
    if call.function == "INSTANT_OF_NUMBER":
        unit = amount_of(call)
        return f"{value} BETWEEN {FIRST_MS // unit} AND {LAST_MS // unit}"
    if call.function != "INSTANT_OF_TEXT":
        return f"{value} IS NOT NULL"
    time_format = time_format_of(call)
    if _is_plain(time_format):
        letters = dialect.text(java_pattern(time_format, "", ""))
        return f"DATE_FORMAT(TO_TIMESTAMP({value}, {letters}), {letters}) = {value}"
    pieces = _pieces(value, time_format, dialect)
    clock, letters = pieces.clock, pieces.letters
    printed = f"DATE_FORMAT(TO_TIMESTAMP({clock}, {letters}), {letters}) = {clock}"
    return f"REGEXP({value}, {pieces.pattern}) AND {printed}"


def instant(call: Call, value: str, dialect: Dialect) -> str:
    """Return the instant itself, right where it is readable."""
    if call.function == "INSTANT_OF_TIMESTAMP":
        return f"CAST({value} AS TIMESTAMP_LTZ(3))"
    if call.function == "INSTANT_OF_NUMBER":
        return f"TO_TIMESTAMP_LTZ({value}, {0 if amount_of(call) == 1_000 else 3})"
    time_format = time_format_of(call)
    if _is_plain(time_format):
        letters = dialect.text(java_pattern(time_format, "", ""))
        return f"CAST(TO_TIMESTAMP({value}, {letters}) AS TIMESTAMP_LTZ(3))"
    pieces = _pieces(value, time_format, dialect)
    if pieces.offset is None:
        seconds = f"CAST(TO_TIMESTAMP({pieces.clock}, {pieces.letters}) AS TIMESTAMP_LTZ(3))"
    else:
        seconds = f"TO_TIMESTAMP_LTZ({pieces.clock}, {pieces.letters}, {pieces.offset})"
    if pieces.millis is None:
        return seconds
    return f"TIMESTAMPADD(MILLISECOND, {pieces.millis}, {seconds})"


@dataclass(frozen=True)
class Guarded:
    """The SQL of an instant that a row may not have.

    `ok` says whether it can be read, `value` is what is read, and `fails` stops the run with a message:
    only a failing cast to BOOLEAN shows all of its text.
    """

    ok: str
    value: str
    fails: str

    @property
    def after_epoch(self) -> str:
        """Whether the instant is one that OVER does not leave out."""
        return f"{self.value} > {EPOCH_LTZ}"


def guarded(dialect: Dialect, call: Call, message: str) -> Guarded:
    """Return what is read of a row's event time, whether it can be, and what fails where it cannot."""
    read, column, _ = call.args
    assert isinstance(read, Call)
    assert isinstance(column, Column)
    value = dialect.quote(column.name)
    shown = value if column.type == String else f"CAST({value} AS STRING)"
    fails = f"CAST({message} || COALESCE({shown}, 'NULL') AS BOOLEAN)"
    return Guarded(readable(read, value, dialect), instant(read, value, dialect), fails)


def or_fail(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return an instant; a row that has none stops the run. CASE and OR are lazy, COALESCE is not."""
    row = guarded(dialect, call, args[2])
    return f"CASE\n    WHEN {row.ok}\n      OR {row.fails}\n    THEN {row.value}\n  END"


def or_fail_after_epoch(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return an instant; a row that has none, or one up to 1970-01-01 00:00 UTC, stops the run."""
    row = guarded(dialect, call, args[2])
    usable = f"{row.ok} AND {row.after_epoch}"
    return f"CASE\n    WHEN {usable}\n      OR {row.fails}\n    THEN {row.value}\n  END"


def or_long_ago(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return an instant, and one before all others for a row that has none."""
    row = guarded(dialect, call, args[2])
    return f"CASE\n    WHEN {row.ok}\n    THEN {row.value}\n    ELSE {LONG_AGO}\n  END"


def or_long_ago_after_epoch(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the same; a row that has an instant, but one up to 1970, stops the run."""
    row = guarded(dialect, call, args[2])
    usable = f"CASE WHEN {row.after_epoch} OR {row.fails} THEN {row.value} END"
    return f"CASE\n    WHEN {row.ok}\n    THEN {usable}\n    ELSE {LONG_AGO}\n  END"


def text_of_instant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return an instant as text, in the session's zone."""
    letters = dialect.text(java_pattern(time_format_of(call), "SSSSSS", ""))
    return f"DATE_FORMAT({args[0]}, {letters})"


def utc_of_instant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return an instant as a TIMESTAMP that holds UTC, whatever the session's zone."""
    return f"{EPOCH} + ({args[0]} - {EPOCH_LTZ}) DAY TO SECOND"


def instant_of_utc(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the instant that a TIMESTAMP holds in UTC, whatever the session's zone."""
    return f"TO_TIMESTAMP_LTZ(CAST({args[0]} AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC')"


def stamped(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return a text behind its time in UTC, so that texts are in the order of their times."""
    time = args[0] if call.function == "STAMPED_UTC" else utc_of_instant(dialect, call, args)
    return f"DATE_FORMAT({time}, '{STAMP}') || {args[1]}"


def unstamped(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the value behind a stamp, in its type."""
    return behind_stamp(dialect, call, args[0], len(STAMP))


def behind_stamp(dialect: Dialect, call: Call, stamped: str, digits: int) -> str:
    """Return the value behind a stamp of so many digits, in the type of the call."""
    text = f"SUBSTRING({stamped}, {digits + 1})"
    return text if call.type == String else f"CAST({text} AS {dialect.type_name(call.type)})"


STAMP = "yyyyMMddHHmmssSSS"


def number_of_instant(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the seconds or milliseconds since 1970. TIMESTAMPDIFF overflows, and EXTRACT from an
    instant is off by the session's zone; from UTC it is right.
    """
    value = args[0]
    if not _holds_utc(call):
        value = utc_of_instant(dialect, call, args)
    if amount_of(call) == 1_000:
        return f"EXTRACT(EPOCH FROM FLOOR({value} TO SECOND))"
    return _millis(value)


def millis_of_timestamp(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return the milliseconds since 1970 of a TIMESTAMP column."""
    return _millis(utc_of_instant(dialect, call, args))


def _millis(utc: str) -> str:
    return f"EXTRACT(EPOCH FROM {utc}) * 1000 + EXTRACT(MILLISECOND FROM {utc})"


def _holds_utc(call: Call) -> bool:
    return call.function == "NUMBER_OF_UTC"
