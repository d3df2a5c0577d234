"""Casts in Flink's words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Context, Decimal

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import Sql
from sqlfeat.dialects.java_time import DATE_TEXT, TIMESTAMP_TEXT
from sqlfeat.dialects.number_text import form_of, is_readable
from sqlfeat.expr.coercion import widens
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.types import (
    Boolean,
    Bytes,
    Date,
    DecimalType,
    Float64,
    Int32,
    Int64,
    String,
    Timestamp,
    is_integer,
    is_numeric,
)


def _cast(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Cast as the contract says; a boolean is printed in lower case."""
    source, target, value = type_of(call.args[0]), call.type, args[0]
    plain = f"{call.function}({value} AS {dialect.type_name(target)})"
    if source == Boolean and target == String:
        return f"LOWER({plain})"
    if isinstance(target, DecimalType) and not widens(source, target):
        return _decimal(dialect, call, value)
    if source == String and (target == Boolean or is_numeric(target)):
        return plain if is_readable(call.args[0], target) else _number(dialect, call, value)
    if source == String and target in (Date, Timestamp):
        return _moment(dialect, call, value)
    if source == Bytes and target == String:
        return _text(call, value)
    if is_numeric(source) and is_integer(target) and not widens(source, target):
        return _whole(dialect, call, value)
    return plain


def _checked(call: Call, good: str, shown: str, read: str) -> Sql:
    """Return what is read where it is good. Else TRY_CAST gives NULL, and CAST stops the run: a failing
    cast to BOOLEAN shows all of its text.
    """
    if call.function == "CAST":
        good = f"({good})" if " AND " in good else good
        good += f" OR CAST('no {call.type}: ' || {shown} AS BOOLEAN)"
    return Sql(f"CASE WHEN {good} THEN {read} END")


def _number(dialect: Dialect, call: Call, value: str) -> Sql:
    """Read a number strictly. Flink's own cast would cut 12.7 to 12, and read NaN and 1d."""
    good = f"REGEXP({value}, {dialect.text(form_of(call.type))})"
    return _checked(call, good, value, f"{call.function}({value} AS {call.type})")


def _whole(dialect: Dialect, call: Call, value: str) -> str:
    """Cut the fraction. Flink gives some number for one that is too large, also by way of a text: it
    leaves casts out that lose nothing.
    """
    source, read = type_of(call.args[0]), f"CAST({value} AS {call.type})"
    if isinstance(source, DecimalType) and source.precision - source.scale < DIGITS[call.type]:
        return read
    below, beyond = (DOUBLE_BOUNDS if source == Float64 else EXACT_BOUNDS)[call.type]
    return _checked(call, f"{value} {below} AND {value} < {beyond}", f"CAST({value} AS STRING)", read)


def _decimal(dialect: Dialect, call: Call, value: str) -> str:
    """Round to the digits of a DECIMAL. Flink makes a NULL of a number that has too many, and fails at
    a NaN.
    """
    source, target = type_of(call.args[0]), call.type
    assert isinstance(target, DecimalType)
    if source == Float64:
        fits, rounded = f"ABS({value}) < {_beyond(target)}", f"CAST({value} AS {target})"
        return _checked(call, fits, f"CAST({value} AS STRING)", rounded)
    read = _decimal_in_text(dialect, target, value) if source == String else value
    rounded = f"CAST({read} AS {target})"
    shown = value if source == String else f"CAST({value} AS STRING)"
    return (
        rounded
        if call.function == "TRY_CAST"
        else _checked(call, f"{rounded} IS NOT NULL", shown, rounded)
    )


def _decimal_in_text(dialect: Dialect, target: DecimalType, value: str) -> str:
    """Read a number with all digits. Flink reads texts as DECIMALs of fewer than 19 digits wrongly: 't'
    as 0, '999.995' as 1000.00 though that has a digit too many.
    """
    good = f"REGEXP({value}, {dialect.text(form_of(target))})"
    return f"CASE WHEN {good} THEN TRY_CAST({value} AS DECIMAL(38, {target.scale})) END"


def _beyond(dtype: DecimalType) -> str:
    """Return the least DOUBLE that is rounded to a number with too many digits."""
    whole = Decimal(10) ** (dtype.precision - dtype.scale)
    bound = Context(prec=40).subtract(whole, Decimal(5).scaleb(-dtype.scale - 1))
    nearest = float(bound)
    least = nearest if Decimal(repr(nearest)) >= bound else math.nextafter(nearest, math.inf)
    mantissa, _, exponent = repr(least).partition("e")
    return f"{mantissa}E{int(exponent or 0)}"


DIGITS = {Int32: 10, Int64: 19}
EXACT_BOUNDS = {
    Int32: ("> -2147483649", "2147483648"),
    Int64: (
        "> CAST('-9223372036854775809' AS DECIMAL(19, 0))",
        "CAST('9223372036854775808' AS DECIMAL(19, 0))",
    ),
}
DOUBLE_BOUNDS = {
    Int32: ("> -2147483649E0", "2147483648E0"),
    Int64: (">= -9223372036854775808E0", "9223372036854775808E0"),
}
"""Where the numbers begin and end that have a whole number of the type when their fraction is cut."""


def _text(call: Call, value: str) -> Sql:
    """Read text in UTF-8. Flink puts another character in place of bytes that are none."""
    read = f"CAST({value} AS STRING)"
    return _checked(call, f"CAST({read} AS BYTES) = {value}", read, read)


def _moment(dialect: Dialect, call: Call, value: str) -> Sql:
    """Read a date or a time. Of two casts Flink's planner makes one, and then knows of none from a number
    to a time: what lies between them keeps them apart.
    """
    read, arg = _date if call.type == Date else _timestamp, call.args[0]
    printed = isinstance(arg, Call) and arg.function in FLINK_CASTS and type_of(arg.args[0]) != String
    return read(dialect, call, f"TRIM({value})" if printed else value)


def _date(dialect: Dialect, call: Call, value: str) -> Sql:
    """Read a date strictly: Flink's own cast takes 2022-1-5, too."""
    good = f"REGEXP({value}, {dialect.text(DATE_TEXT)}) AND TRY_CAST({value} AS DATE) IS NOT NULL"
    return _checked(call, good, value, f"CAST({value} AS DATE)")


def _timestamp(dialect: Dialect, call: Call, value: str) -> Sql:
    """Read a time strictly: Flink's own cast takes February 30 and 24:00, too."""
    clock = f"SUBSTRING({value}, 1, 19)"
    printed = f"DATE_FORMAT(TO_TIMESTAMP({clock}, {CLOCK}), {CLOCK}) = {clock}"
    good = f"REGEXP({value}, {dialect.text(TIMESTAMP_TEXT)}) AND {printed}"
    return _checked(call, good, value, f"CAST({value} AS {dialect.type_name(call.type)})")


CLOCK = "'yyyy-MM-dd HH:mm:ss'"


FLINK_CASTS: Mapping[str, FunctionText] = {"CAST": _cast, "TRY_CAST": _cast}
