"""Functions of dates and instants: how they are typed."""

from __future__ import annotations

from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.signatures import Function, Rule, Signature, fault, table
from sqlfeat.expr.time_formats import Code, parts_of, split_format
from sqlfeat.types import DataType, Date, Int64, Null, String, Timestamp, Unknown, is_integer

DATE_UNITS = ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY")
TIME_UNITS = ("HOUR", "MINUTE", "SECOND")
UNITS = (*DATE_UNITS, *TIME_UNITS)
USUAL_FORMAT = "%Y-%m-%d %H:%M:%S"


def unit_of(arg: Expr) -> str:
    """Return the unit that the first argument of a call names."""
    assert isinstance(arg, Literal)
    return str(arg.value).upper()


def format_of(args: tuple[Expr, ...]) -> str:
    """Return the format that the last argument of a call is, or the usual one."""
    return str(args[1].value) if len(args) > 1 and isinstance(args[1], Literal) else USUAL_FORMAT


def _moment(name: str, args: tuple[Expr, ...], arg: Expr, *, dates: bool) -> DataType:
    """Return the type of an argument that is a TIMESTAMP, or a DATE."""
    dtype = type_of(arg)
    if dtype in (Timestamp, Unknown) or (dates and dtype == Date):
        return dtype
    if dtype == Null:
        return Timestamp
    hint = " or DATE" if dates else ""
    raise fault(name, args, f"It takes TIMESTAMP{hint}: TO_TIMESTAMP reads text, CAST a DATE.")


def _part_of_date(name: str, args: tuple[Expr, ...]) -> Signature:
    return Signature((_moment(name, args, args[0], dates=True),), Int64)


def _part_of_time(name: str, args: tuple[Expr, ...]) -> Signature:
    return Signature((_moment(name, args, args[0], dates=False),), Int64)


def _unit(name: str, args: tuple[Expr, ...], dtype: DataType) -> None:
    """Check the unit of a call on a value of a type: a DATE has no hours."""
    unit = args[0]
    if not isinstance(unit, Literal) or not isinstance(unit.value, str):
        raise ExpressionError(f"{name} needs the name of a unit.", f"Units are {', '.join(UNITS)}.")
    allowed = DATE_UNITS if dtype == Date else UNITS
    if unit.value.upper() not in allowed:
        near = nearest(unit.value.upper(), allowed)
        hint = f"Did you mean {near}?" if near else f"Units are {', '.join(allowed)}."
        raise ExpressionError(f"{name} of a {dtype} has no unit {unit.value!r}.", hint)


def _truncated(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = _moment(name, args, args[1], dates=True)
    _unit(name, args, dtype)
    return Signature((String, dtype), dtype)


def _added(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = _moment(name, args, args[2], dates=True)
    _unit(name, args, dtype)
    count = type_of(args[1])
    if not (is_integer(count) or count in (Null, Unknown)):
        raise fault(name, args, "How many is INT or BIGINT.")
    small = isinstance(args[1], Literal) and is_integer(count)
    return Signature((String, count if small else Int64, dtype), dtype)


def _difference(name: str, args: tuple[Expr, ...]) -> Signature:
    first, second = (_moment(name, args, arg, dates=True) for arg in args[1:])
    if Null in (type_of(args[1]), type_of(args[2])):
        first = second = first if type_of(args[2]) == Null else second
    if first != second and Unknown not in (first, second):
        raise fault(name, args, "Both are TIMESTAMP, or both DATE: CAST one of them.")
    _unit(name, args, first)
    return Signature((String, first, second), Int64)


def _format(name: str, arg: Expr) -> str:
    if not isinstance(arg, Literal) or not isinstance(arg.value, str):
        raise ExpressionError(f"the format of {name} is a text literal.", "Such as '%Y-%m-%d'.")
    return arg.value


def _read_format(name: str, arg: Expr) -> None:
    split_format(_format(name, arg), f"the format of {name}")


def _shown_format(name: str, arg: Expr) -> None:
    time_format = _format(name, arg)
    codes = [
        part.code for part in parts_of(time_format, f"the format of {name}") if isinstance(part, Code)
    ]
    if not codes:
        raise ExpressionError(
            f"the format of {name} {time_format!r} has no code.", "Codes start with %, such as %Y-%m-%d."
        )
    if "%z" in codes:
        raise ExpressionError(
            f"the format of {name} {time_format!r} has %z.",
            "The time is shown on the clock of the project's zone, without an offset.",
        )


def _read(name: str, args: tuple[Expr, ...]) -> Signature:
    """A text, and the format to read it by."""
    if type_of(args[0]) not in (String, Null, Unknown):
        raise fault(name, args, "It takes STRING and a format.")
    if len(args) > 1:
        _read_format(name, args[1])
    return Signature((String,) * len(args), Timestamp)


def _shown(name: str, args: tuple[Expr, ...]) -> Signature:
    dtype = _moment(name, args, args[0], dates=False)
    _shown_format(name, args[1])
    return Signature((dtype, String), String)


def _seconds(name: str, args: tuple[Expr, ...]) -> Signature:
    """An instant, or a text and the format to read it by."""
    if type_of(args[0]) == String or len(args) > 1:
        return Signature(_read(name, args).args, Int64)
    return Signature((_moment(name, args, args[0], dates=False),), Int64)


def _part(name: str, rule: Rule, meaning: str, note: str = "") -> Function:
    takes = "TIMESTAMP or DATE" if rule is _part_of_date else "TIMESTAMP"
    return Function(name, 1, 1, rule, f"{name}({takes}) → BIGINT", meaning, note)


MOMENT = "TIMESTAMP or DATE"
TIME_FUNCTIONS = table(
    _part("YEAR", _part_of_date, "the year", "also EXTRACT(YEAR FROM …), and so for each part"),
    _part("QUARTER", _part_of_date, "the quarter, 1 to 4"),
    _part("MONTH", _part_of_date, "the month, 1 to 12"),
    _part("WEEK", _part_of_date, "the week of ISO 8601, 1 to 53", "it starts on Monday"),
    _part("DAY", _part_of_date, "the day of the month"),
    _part("DAYOFWEEK", _part_of_date, "the day of the week, 1 (Sunday) to 7"),
    _part("ISODOW", _part_of_date, "the day of the week, 1 (Monday) to 7"),
    _part("DAYOFYEAR", _part_of_date, "the day of the year"),
    _part("HOUR", _part_of_time, "the hour, 0 to 23"),
    _part("MINUTE", _part_of_time, "the minute"),
    _part("SECOND", _part_of_time, "the whole second"),
    Function(
        "DATE_TRUNC",
        2,
        2,
        _truncated,
        f"DATE_TRUNC(unit, {MOMENT}) → its type",
        "the start of the unit that holds it",
        "units are YEAR, QUARTER, MONTH, WEEK (from Monday) and DAY, and of a TIMESTAMP also HOUR, "
        "MINUTE and SECOND, on the clock of the project's zone",
    ),
    Function(
        "TIMESTAMPADD",
        3,
        3,
        _added,
        f"TIMESTAMPADD(unit, integer, {MOMENT}) → its type",
        "so many units later",
        "the same as … + INTERVAL '1' DAY; days and longer by the calendar, shorter in real time",
    ),
    Function(
        "TIMESTAMPDIFF",
        3,
        3,
        _difference,
        f"TIMESTAMPDIFF(unit, {MOMENT}, the same) → BIGINT",
        "how many whole units the second is later than the first",
        "days and longer by the calendar, shorter in real time",
    ),
    Function(
        "UNIX_TIMESTAMP",
        1,
        2,
        _seconds,
        "UNIX_TIMESTAMP(TIMESTAMP) → BIGINT",
        "seconds since 1970-01-01 00:00 UTC",
        "or of a STRING and a format, read as by TO_TIMESTAMP",
    ),
    Function(
        "TO_TIMESTAMP",
        1,
        2,
        _read,
        "TO_TIMESTAMP(STRING, format) → TIMESTAMP",
        "the instant that the text names; a text that cannot be read stops the run",
        f"the format is strptime codes, {USUAL_FORMAT!r} unless given",
    ),
    Function(
        "TRY_TO_TIMESTAMP",
        1,
        2,
        _read,
        "TRY_TO_TIMESTAMP(STRING, format) → TIMESTAMP",
        "the same; NULL for a text that cannot be read",
    ),
    Function(
        "DATE_FORMAT",
        2,
        2,
        _shown,
        "DATE_FORMAT(TIMESTAMP, format) → STRING",
        "the time on the clock of the project's zone, by strptime codes",
    ),
)
