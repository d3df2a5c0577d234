"""Casts in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import Sql
from sqlfeat.dialects.java_time import DATE_TEXT, TIMESTAMP_TEXT
from sqlfeat.dialects.number_text import form_of, is_readable
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.types import Boolean, Bytes, Date, String, Timestamp, is_numeric


def _cast(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Cast; an instant is printed with its milliseconds, which Spark's own cast would trim."""
    source, target, value = type_of(call.args[0]), call.type, args[0]
    if source == Timestamp and target == String:
        return f"date_format({value}, 'yyyy-MM-dd HH:mm:ss.SSS')"
    if source == String and target in (Date, Timestamp):
        return _moment(dialect, call, value)
    if source == Bytes and target == String:
        check = "validate_utf8" if call.function == "CAST" else "try_validate_utf8"
        return f"{check}(CAST({value} AS STRING))"
    reads = source == String and (target == Boolean or is_numeric(target))
    if reads and not is_readable(call.args[0], target):
        return _number(dialect, call, value)
    return f"{call.function}({value} AS {dialect.type_name(target)})"


def _number(dialect: Dialect, call: Call, value: str) -> str:
    """Read a number strictly. Spark's own cast would read NaN, 1d and tabs as well."""
    good = f"{value} RLIKE {dialect.text(form_of(call.type))}"
    unreadable = "" if call.function == "TRY_CAST" else f" ELSE concat('no {call.type}: ', {value})"
    exact = f"CASE WHEN {good} THEN {value}{unreadable} END"
    return f"{call.function}({exact} AS {call.type})"


def _moment(dialect: Dialect, call: Call, value: str) -> str:
    """Read a date or a time strictly, to the millisecond. Spark's own cast reads many forms."""
    form = dialect.text(DATE_TEXT if call.type == Date else TIMESTAMP_TEXT)
    unreadable = f"concat('no {call.type}: ', {value})"
    exact = f"CASE WHEN {value} RLIKE {form} THEN {value} ELSE {unreadable} END"
    read = f"{call.function}({exact} AS {call.type})"
    return read if call.type == Date else f"date_trunc('MILLISECOND', {read})"


SPARK_CASTS: Mapping[str, FunctionText] = {"CAST": _cast, "TRY_CAST": _cast}
