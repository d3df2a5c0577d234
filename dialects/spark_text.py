"""Functions of text in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import Sql
from sqlfeat.dialects.regex import group_of
from sqlfeat.dialects.text import TEXT, constant, substring
from sqlfeat.expr.nodes import Call, Literal


def _like_pattern(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return a pattern in which a backslash is a plain character: Spark takes it for an escape."""
    pattern = call.args[1]
    if isinstance(pattern, Literal) and pattern.value is not None:
        return dialect.text(str(pattern.value).replace("\\", "\\\\"))
    return f"replace({args[1]}, {dialect.text(chr(92))}, {dialect.text(chr(92) * 2)})"


def _substring(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    return substring(call, args, length=str)


def _regexp_replace(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Put a text in as it is: Spark reads groups in it, after a dollar, and backslashes."""
    by = constant(call.args[2])
    if isinstance(by, str):
        said = dialect.text(by.replace("\\", "\\\\").replace("$", "\\$"))
    else:
        plain, marked = dialect.text("\\"), dialect.text("\\\\")
        dollar = dialect.text("\\$")
        said = f"REPLACE(REPLACE({args[2]}, {plain}, {marked}), '$', {dollar})"
    return f"REGEXP_REPLACE({args[0]}, {args[1]}, {said})"


def _regexp_extract(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Return NULL where nothing matches: Spark's own result is empty then."""
    found = f"REGEXP_EXTRACT({args[0]}, {args[1]}, {group_of(call)})"
    return f"CASE WHEN REGEXP_LIKE({args[0]}, {args[1]}) THEN {found} END"


SPARK_TEXT: Mapping[str, FunctionText] = {
    **TEXT,
    "LIKE_PATTERN": _like_pattern,
    "SUBSTRING": _substring,
    "STARTS_WITH": "STARTSWITH({0}, {1})",
    "ENDS_WITH": "ENDSWITH({0}, {1})",
    "REGEXP_REPLACE": _regexp_replace,
    "REGEXP_EXTRACT": _regexp_extract,
    "SHA256": "SHA2({0}, 256)",
}
