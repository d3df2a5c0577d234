"""Regular expressions, as Java reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlfeat.types import Boolean, Null, String

from .errors import OracleError
from .formulas import Formula, Rule, strict

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE_ENDS = "\n\r\x85\u2028\u2029"
DOLLAR = "(?:\\Z|(?=\r\n\\Z)|(?=(?<!\r)\n\\Z)|(?=[\r\x85\u2028\u2029]\\Z))"
ELEMENT = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|.", re.DOTALL)


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return Python's form of a pattern: a dot is no line end, $ stands before a last line end too."""
    said = {"$": DOLLAR} if re.match(r"\(\?i?s", pattern) else {"$": DOLLAR, ".": f"[^{LINE_ENDS}]"}
    return re.compile("".join(said.get(one) or one for one in ELEMENT.findall(pattern)), re.ASCII)


def _pattern_of(name: str, args: Sequence[Formula]) -> re.Pattern[str]:
    if any(arg.type not in (String, Null) for arg in args) or not isinstance(args[1].literal, str):
        raise OracleError(f"{name} takes texts and a constant pattern")
    return _compiled(args[1].literal)


def _like(name: str, args: Sequence[Formula]) -> Formula:
    pattern = _pattern_of(name, args)
    return strict(Boolean, args, lambda text, _: pattern.search(text) is not None)


def _replace(name: str, args: Sequence[Formula]) -> Formula:
    pattern = _pattern_of(name, args)
    return strict(String, args, lambda text, _, by: pattern.sub(lambda found: by, text))


def _extract(name: str, args: Sequence[Formula]) -> Formula:
    pattern = _pattern_of(name, args[:2])
    group = args[2].literal if len(args) == 3 else 0
    if not isinstance(group, int) or group > pattern.groups or (len(args) == 2 and pattern.groups):
        raise OracleError(f"{group!r} is no group of the pattern")

    def compute(text: str) -> str | None:
        found = pattern.search(text)
        return None if found is None else found[group] or ""

    return strict(String, args[:1], compute)


PATTERNS: dict[str, Rule] = {
    "REGEXP_LIKE": _like,
    "REGEXP_REPLACE": _replace,
    "REGEXP_EXTRACT": _extract,
}
