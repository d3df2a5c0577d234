"""Functions of text in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.expr.nodes import Call, Literal


def _like_pattern(dialect: Dialect, call: Call, args: tuple[str, ...]) -> str:
    """Return a pattern in which a backslash is a plain character: Spark takes it for an escape."""
    pattern = call.args[1]
    if isinstance(pattern, Literal) and pattern.value is not None:
        return dialect.text(str(pattern.value).replace("\\", "\\\\"))
    return f"replace({args[1]}, {dialect.text(chr(92))}, {dialect.text(chr(92) * 2)})"


SPARK_TEXT: Mapping[str, FunctionText] = {"LIKE_PATTERN": _like_pattern}
