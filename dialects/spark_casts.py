"""Casts in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import Sql
from sqlfeat.dialects.java_time import DATE_TEXT, TIMESTAMP_TEXT
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.types import Bytes, Date, String, Timestamp


def _cast(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Cast; an instant is printed with its milliseconds, which Spark's own cast would trim."""
    if type_of(call.args[0]) == Timestamp and call.type == String:
        return f"date_format({args[0]}, 'yyyy-MM-dd HH:mm:ss.SSS')"
    if type_of(call.args[0]) == String and call.type in (Date, Timestamp):
        return _moment(dialect, call, args[0])
    if type_of(call.args[0]) == Bytes:
        check = "validate_utf8" if call.function == "CAST" else "try_validate_utf8"
        return f"{check}(CAST({args[0]} AS STRING))"
    return f"{call.function}({args[0]} AS {dialect.type_name(call.type)})"


def _moment(dialect: Dialect, call: Call, value: str) -> str:
    """Read a date or a time strictly, to the millisecond. Spark's own cast reads many forms."""
    form = dialect.text(DATE_TEXT if call.type == Date else TIMESTAMP_TEXT)
    unreadable = f"concat('no {call.type}: ', {value})"
    exact = f"CASE WHEN {value} RLIKE {form} THEN {value} ELSE {unreadable} END"
    read = f"{call.function}({exact} AS {call.type})"
    return read if call.type == Date else f"date_trunc('MILLISECOND', {read})"


SPARK_CASTS: Mapping[str, FunctionText] = {"CAST": _cast, "TRY_CAST": _cast}
