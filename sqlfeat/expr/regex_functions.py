"""Functions of regular expressions: how they are typed. Patterns are constants, read when defined."""

from __future__ import annotations

import re

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.regex import groups_of, matches_between_characters
from sqlfeat.expr.signatures import Function, Signature, fault, table
from sqlfeat.types import Boolean, Int32, Null, String, Unknown


def _groups(name: str, args: tuple[Expr, ...]) -> int:
    """Return how many groups the pattern has, the second argument."""
    pattern = args[1]
    if any(type_of(arg) not in (String, Null, Unknown) for arg in args):
        raise fault(name, args, "It takes STRING.")
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        raise ExpressionError(
            f"{name} takes its pattern as a constant text.", "It is read when the feature is defined."
        )
    return groups_of(pattern.value)


def _matches(name: str, args: tuple[Expr, ...]) -> Signature:
    _groups(name, args)
    return Signature((String, String), Boolean)


def _replaced(name: str, args: tuple[Expr, ...]) -> Signature:
    _groups(name, args)
    pattern = args[1].value if isinstance(args[1], Literal) else None
    if matches_between_characters(str(pattern)):
        raise ExpressionError(
            f"the pattern {pattern!r} of {name} matches where there is nothing.",
            "It would take characters beyond U+FFFF apart: look for one character at least, as in a+.",
        )
    by = args[2].value if isinstance(args[2], Literal) else None
    if isinstance(by, str) and (found := re.search(r"\$\d|\$\{|\\\d", by)):
        raise ExpressionError(
            f"{name} takes the text that it puts in as it is, and {found[0]!r} looks like a group.",
            "Take groups apart by REGEXP_EXTRACT, and put them together by CONCAT.",
        )
    return Signature((String,) * 3, String)


def _extracted(name: str, args: tuple[Expr, ...]) -> Signature:
    groups = _groups(name, args[:2])
    if len(args) == 2 and groups:
        raise ExpressionError(
            f"{name} of a pattern with groups has to say which: engines differ in the one they take.",
            "0 is all that matches, 1 the first group.",
        )
    number = args[2].value if len(args) == 3 and isinstance(args[2], Literal) else 0
    constant = len(args) == 2 or (isinstance(args[2], Literal) and type(number) is int)
    if not (constant and isinstance(number, int) and 0 <= number <= groups):
        raise ExpressionError(
            f"{name} takes the number of a group as a constant.", f"The pattern has groups 0 to {groups}."
        )
    return Signature((String, String, Int32)[: len(args)], String)


REGEX_FUNCTIONS = table(
    Function(
        "REGEXP_LIKE",
        2,
        2,
        _matches,
        "REGEXP_LIKE(STRING, pattern) → BOOLEAN",
        "whether the pattern matches a part of the text",
        "also text RLIKE pattern; the pattern is a constant",
    ),
    Function(
        "REGEXP_REPLACE",
        3,
        3,
        _replaced,
        "REGEXP_REPLACE(STRING, pattern, STRING) → STRING",
        "the text with each match replaced",
        "what is put in is plain text: groups cannot be named in it; the pattern is a constant",
    ),
    Function(
        "REGEXP_EXTRACT",
        2,
        3,
        _extracted,
        "REGEXP_EXTRACT(STRING, pattern[, group]) → STRING",
        "the first match, or a group of it; NULL if nothing matches",
        "a group that takes no part in the match is empty; pattern and group are constants, and of a "
        "pattern with groups, the group has to be said",
    ),
)
