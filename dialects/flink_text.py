"""Functions of text in Flink's words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import NOT, Sql
from sqlfeat.expr.nodes import Call, Literal

WILD = {"%": ".*", "_": "."}


def _like(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql | None:
    """Match a pattern in which `_` may stand for a line end: Flink's own LIKE does not let it."""
    pattern = call.args[1]
    if isinstance(pattern, Literal) and "_" not in str(pattern.value):
        return None
    if isinstance(pattern, Literal):
        regex = dialect.text(_regex(str(pattern.value)))
    else:
        quoted = rf"REPLACE({args[1]}, '\E', '\E\\E\Q')"
        wild = rf"REPLACE(REPLACE({quoted}, '_', '\E.\Q'), '%', '\E.*\Q')"
        regex = rf"'(?s)\A\Q' || {wild} || '\E\z'"
    found = f"REGEXP({args[0]}, {regex})"
    return Sql(f"NOT {found}", NOT) if call.function == "NOT LIKE" else Sql(found)


def _regex(pattern: str) -> str:
    parts = (WILD.get(one) or re.sub(r"[\\^$.|?*+()\[\]{}]", r"\\\g<0>", one) for one in pattern)
    return r"(?s)\A" + "".join(parts) + r"\z"


FLINK_TEXT: Mapping[str, FunctionText] = {"LIKE": _like, "NOT LIKE": _like}
