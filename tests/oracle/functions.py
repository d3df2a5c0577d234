"""The functions and operators of the language, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arithmetic import absolute, arithmetic, division, whole_division
from .collections import COLLECTIONS
from .conditions import coalesce, conditional, nullif
from .json_text import JSON
from .logic import between, compared, distinct, logical, member, opposite, test
from .text import concatenated, in_case, like

if TYPE_CHECKING:
    from .formulas import Rule

FUNCTIONS: dict[str, Rule] = {
    **dict.fromkeys(("+", "-", "*", "NEGATE"), arithmetic),
    **dict.fromkeys(("DIV", "%"), whole_division),
    "/": division,
    "ABS": absolute,
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), compared),
    **dict.fromkeys(("IS DISTINCT FROM", "IS NOT DISTINCT FROM"), distinct),
    "IN": member,
    "NOT IN": opposite(member),
    "BETWEEN": between,
    "NOT BETWEEN": opposite(between),
    "LIKE": like,
    "NOT LIKE": opposite(like),
    "NOT": opposite(lambda name, args: args[0]),
    **dict.fromkeys(("AND", "OR"), logical),
    **dict.fromkeys(("IS NULL", "IS NOT NULL"), test),
    **dict.fromkeys(("IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE"), test),
    **dict.fromkeys(("CASE", "IF"), conditional),
    "COALESCE": coalesce,
    "NULLIF": nullif,
    **dict.fromkeys(("||", "CONCAT"), concatenated),
    **dict.fromkeys(("LOWER", "UPPER"), in_case),
    **COLLECTIONS,
    **JSON,
}
