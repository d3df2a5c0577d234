"""Casts in Flink's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import Sql
from sqlfeat.dialects.java_time import DATE_TEXT, TIMESTAMP_TEXT
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.types import Boolean, Bytes, Date, Int32, Int64, String, Timestamp, is_integer


def _cast(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Cast as the contract says: a boolean is printed in lower case, and text with a point in it is not
    a whole number. (Flink's own cast would cut 12.7 to 12.) Of a BIGINT that is no INT it would take
    the lower half, but not of a text.
    """
    source, target, value = type_of(call.args[0]), call.type, args[0]
    plain = f"{call.function}({value} AS {dialect.type_name(target)})"
    if source == Boolean and target == String:
        return f"LOWER({plain})"
    if source == String and is_integer(target):
        whole = f"CASE WHEN {value} LIKE '%.%' THEN 'not whole: ' || {value} ELSE {value} END"
        return f"{call.function}({whole} AS {dialect.type_name(target)})"
    if source == String and target in (Date, Timestamp):
        return _moment(dialect, call, value)
    if source == Int64 and target == Int32:
        return f"{call.function}(CAST({value} AS STRING) AS INT)"
    if source == Bytes:
        return _text(call, value)
    return plain


def _checked(call: Call, good: str, shown: str, read: str) -> Sql:
    """Return what is read where it is good. Else TRY_CAST gives NULL, and CAST stops the run: a failing
    cast to BOOLEAN shows all of its text.
    """
    if call.function == "CAST":
        good = f"({good})" if " AND " in good else good
        good += f" OR CAST('no {call.type}: ' || {shown} AS BOOLEAN)"
    return Sql(f"CASE WHEN {good} THEN {read} END")


def _text(call: Call, value: str) -> Sql:
    """Read text in UTF-8. Flink puts another character in place of bytes that are none."""
    read = f"CAST({value} AS STRING)"
    return _checked(call, f"CAST({read} AS BYTES) = {value}", read, read)


def _moment(dialect: Dialect, call: Call, value: str) -> Sql:
    return (_date if call.type == Date else _timestamp)(dialect, call, value)


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
