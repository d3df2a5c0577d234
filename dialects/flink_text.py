"""Functions of text in Flink's words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlfeat.dialects.base import Dialect, FunctionText
from sqlfeat.dialects.binding import NOT, SUM, TEST, Sql, at_least
from sqlfeat.dialects.regex import group_of, may_be_missing
from sqlfeat.dialects.text import ENDS, TEXT, constant, substring, trim
from sqlfeat.expr.nodes import Call, Literal

MOST_WRITTEN = 40
"""How many characters of a fill are written out."""

WILD = {"%": ".*", "_": "."}


def _like(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql | None:
    """Match a pattern in which `_` may stand for a line end: Flink's own LIKE does not let it."""
    pattern = call.args[1]
    if isinstance(pattern, Literal):
        parts = _parts(str(pattern.value), str(constant(call.args[2])) if len(args) == 3 else None)
        if "_" not in parts:
            return None
        regex = dialect.text(_regex(parts))
    else:
        quoted = rf"REPLACE({args[1]}, '\E', '\E\\E\Q')"
        wild = rf"REPLACE(REPLACE({quoted}, '_', '\E.\Q'), '%', '\E.*\Q')"
        regex = rf"'(?s)\A\Q' || {wild} || '\E\z'"
    found = f"REGEXP({args[0]}, {regex})"
    return Sql(f"NOT {found}", NOT) if call.function == "NOT LIKE" else Sql(found)


def _parts(pattern: str, escape: str | None) -> list[str]:
    """Return a pattern's wild cards, each as it is, and its plain characters, each after a backslash."""
    parts, characters = [], iter(pattern)
    for one in characters:
        if one == escape:
            parts.append("\\" + next(characters))
        else:
            parts.append(one if one in WILD else "\\" + one)
    return parts


def _regex(parts: list[str]) -> str:
    said = (WILD.get(one) or re.sub(r"[\\^$.|?*+()\[\]{}]", r"\\\g<0>", one[1:]) for one in parts)
    return r"(?s)\A" + "".join(said) + r"\z"


def _substring(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    return substring(call, args, length="GREATEST({}, 0)".format)


def _trim(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Take computed characters off: Flink looks at the first alone to find out whether they are spaces,
    also where there is none.
    """
    if len(args) == 1 or isinstance(call.args[1], Literal):
        return trim(dialect, call, args)
    text, characters = args
    no_space_first = Sql(f"TRIM({characters}) || {at_least(SUM, characters)}")
    trimmed = trim(dialect, call, (text, no_space_first))
    return f"CASE WHEN {at_least(SUM, characters)} = '' THEN {text} ELSE {trimmed} END"


def _replace(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str | None:
    """Leave a text as it is if nothing is looked for: Flink would put the other text everywhere."""
    if constant(call.args[1]):
        return None
    text, what, by = (at_least(SUM, arg) for arg in args)
    return (
        f"CASE WHEN {what} = '' AND {by} IS NOT NULL THEN {text} ELSE REPLACE({text}, {what}, {by}) END"
    )


def _pad(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    """Fill up to a number of characters: Flink's own LPAD and RPAD count UTF-16 units."""
    text, length = (at_least(SUM, arg) for arg in args[:2])
    fill = f"REPEAT({args[2] if len(args) == 3 else dialect.text(' ')}, {length})"
    filling, places = constant(call.args[2]) if len(args) == 3 else " ", constant(call.args[1])
    if isinstance(filling, str) and isinstance(places, int) and len(filling) * places <= MOST_WRITTEN:
        fill = dialect.text((filling * places)[: max(places, 0)])
    if call.function == "RPAD":
        return Sql(f"LEFT({text} || {fill}, {length})")
    return Sql(f"LEFT({fill}, {length} - CHAR_LENGTH({text})) || LEFT({text}, {length})", SUM)


def _contains(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> Sql:
    return Sql(f"LOCATE({args[1]}, {args[0]}) > 0", TEST)


def _split_part(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Return a part, empty where there is none: Flink finds none in an empty text either."""
    number = constant(call.args[2])
    assert isinstance(number, int)
    if number > 0:
        part = f"SPLIT_INDEX({args[0]}, {args[1]}, {number - 1})"
    else:
        parts = f"SPLIT({args[0]}, {args[1]})"
        place = f"CARDINALITY({parts})" + (f" - {-1 - number}" if number < -1 else "")
        part = f"{parts}[{place}]"
    return f"CASE WHEN {at_least(SUM, args[0])} IS NOT NULL THEN COALESCE({part}, '') END"


def _regexp_extract(dialect: Dialect, call: Call, args: tuple[Sql, ...]) -> str:
    """Return a group of the first match, empty where Flink has NULL of one that takes no part in it."""
    found = f"REGEXP_EXTRACT({args[0]}, {args[1]}, {group_of(call)})"
    if not may_be_missing(call):
        return found
    return f"CASE WHEN REGEXP({args[0]}, {args[1]}) THEN COALESCE({found}, '') END"


FLINK_TEXT: Mapping[str, FunctionText] = {
    **TEXT,
    **dict.fromkeys(ENDS, _trim),
    "LIKE": _like,
    "NOT LIKE": _like,
    "SUBSTRING": _substring,
    "REPLACE": _replace,
    "LPAD": _pad,
    "RPAD": _pad,
    "STARTS_WITH": "STARTSWITH({0}, {1})",
    "ENDS_WITH": "ENDSWITH({0}, {1})",
    "CONTAINS": _contains,
    "SPLIT_PART": _split_part,
    "REGEXP_LIKE": "REGEXP({0}, {1})",
    "REGEXP_EXTRACT": _regexp_extract,
}
