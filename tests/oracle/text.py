"""Text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlfeat.types import Boolean, Null, String

from .errors import OracleError
from .formulas import Formula, strict

if TYPE_CHECKING:
    from collections.abc import Sequence


def _texts(name: str, args: Sequence[Formula]) -> Sequence[Formula]:
    for arg in args:
        if arg.type not in (String, Null):
            raise OracleError(f"{name} does not take {arg.type}")
    return args


def concatenated(name: str, args: Sequence[Formula]) -> Formula:
    return strict(String, _texts(name, args), lambda *texts: "".join(texts))


def in_case(name: str, args: Sequence[Formula]) -> Formula:
    change = {"LOWER": str.lower, "UPPER": str.upper}[name]
    return strict(String, _texts(name, args), change)


def like(name: str, args: Sequence[Formula]) -> Formula:
    """Match a whole text: % is any text, _ any one character, everything else itself."""
    wild = {"%": ".*", "_": "."}

    def compute(text: str, pattern: str) -> bool:
        regex = "".join(wild.get(character) or re.escape(character) for character in pattern)
        return re.fullmatch(regex, text, re.DOTALL) is not None

    return strict(Boolean, _texts(name, args), compute)
