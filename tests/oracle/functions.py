"""The functions and operators of the language, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arithmetic import absolute, arithmetic, division, remainder, whole_division
from .collections import COLLECTIONS
from .conditions import coalesce, conditional, extreme, nullif
from .json_text import JSON
from .logic import between, compared, distinct, logical, member, opposite, test
from .numbers import exponential, logarithm, power, rounded, sign, square_root, whole
from .patterns import PATTERNS
from .text import TEXT

if TYPE_CHECKING:
    from .formulas import Rule

FUNCTIONS: dict[str, Rule] = {
    **dict.fromkeys(("+", "-", "*", "NEGATE"), arithmetic),
    "DIV": whole_division,
    "%": remainder,
    "/": division,
    "ABS": absolute,
    "SIGN": sign,
    "ROUND": rounded,
    **dict.fromkeys(("FLOOR", "CEIL"), whole),
    "POWER": power,
    "SQRT": square_root,
    "EXP": exponential,
    **dict.fromkeys(("LN", "LOG10", "LOG2"), logarithm),
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), compared),
    **dict.fromkeys(("IS DISTINCT FROM", "IS NOT DISTINCT FROM"), distinct),
    "IN": member,
    "NOT IN": opposite(member),
    "BETWEEN": between,
    "NOT BETWEEN": opposite(between),
    "NOT LIKE": opposite(TEXT["LIKE"]),
    "NOT": opposite(lambda name, args: args[0]),
    **dict.fromkeys(("AND", "OR"), logical),
    **dict.fromkeys(("IS NULL", "IS NOT NULL"), test),
    **dict.fromkeys(("IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE"), test),
    **dict.fromkeys(("CASE", "IF"), conditional),
    "COALESCE": coalesce,
    "NULLIF": nullif,
    **dict.fromkeys(("GREATEST", "LEAST"), extreme),
    **TEXT,
    **PATTERNS,
    **COLLECTIONS,
    **JSON,
}
