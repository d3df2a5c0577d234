"""How strongly operators bind, so that an expression gets no more parentheses than it needs."""

from __future__ import annotations

import re

OR, AND, NOT, TEST, SUM, PRODUCT, SIGN, ATOM = range(8)
"""From the weakest to what needs no parentheses anywhere."""


class Sql(str):
    """The SQL of an expression, and how strongly its outermost operator binds."""

    __slots__ = ("binds",)
    binds: int

    def __new__(cls, text: str, binds: int = ATOM) -> Sql:
        made = super().__new__(cls, text)
        made.binds = binds
        return made


def at_least(strength: int, sql: Sql) -> str:
    """Return SQL that stands beside an operator of this strength: in parentheses if it needs them.

    >>> at_least(PRODUCT, Sql("a + b", SUM)), at_least(SUM, Sql("a + b", SUM))
    ('(a + b)', 'a + b')
    """
    return str(sql) if sql.binds >= strength else f"({sql})"


_TOKENS = re.compile(r"'(?:[^'\\]|''|\\.)*'|`(?:[^`]|``)*`|[()]", re.DOTALL)


def is_call(text: str) -> bool:
    """Whether a text is one call of a function.

    >>> is_call("f(a) + g(b)"), is_call("f(a, (b))")
    (False, True)
    """
    if re.match(r"\w+\(", text) is None or not text.endswith(")"):
        return False
    depth = 0
    for found in _TOKENS.finditer(text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0 and found[0] == ")":
            return found.end() == len(text)
    return False
