"""Text."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sqlfeat.types import Boolean, Int32, Int64, Null, String

from .conversions import caster
from .errors import OracleError
from .formulas import Formula, Rule, Values, strict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from sqlfeat.types import DataType


def _texts(name: str, args: Sequence[Formula]) -> Sequence[Formula]:
    for arg in args:
        if arg.type not in (String, Null):
            raise OracleError(f"{name} does not take {arg.type}")
    return args


def concatenated(name: str, args: Sequence[Formula]) -> Formula:
    return strict(String, _texts(name, args), lambda *texts: "".join(texts))


def shown(args: Sequence[Formula], zone: ZoneInfo) -> list[Formula]:
    """Return values as texts, as CAST has them."""
    return [strict(String, [arg], caster(arg.type, String, zone)) for arg in args]


def joined(name: str, args: Sequence[Formula]) -> Formula:
    """CONCAT_WS: NULLs are left out, but a NULL between the others makes everything NULL."""
    between, *parts = _texts(name, args)

    def value(row: Values) -> object:
        mark, texts = between.value(row), [part.value(row) for part in parts]
        return None if mark is None else mark.join(text for text in texts if text is not None)

    return Formula(String, value)


def in_case(name: str, args: Sequence[Formula]) -> Formula:
    change = {"LOWER": str.lower, "UPPER": str.upper}[name]
    return strict(String, _texts(name, args), change)


def like(name: str, args: Sequence[Formula]) -> Formula:
    """Match a whole text: % is any text, _ any one character, everything else itself. A third text is
    the character after which % and _ are themselves.
    """

    def compute(text: str, pattern: str, escape: str = "") -> bool:
        regex, characters = "", iter(pattern)
        for character in characters:
            if character == escape:
                regex += re.escape(next(characters))
            else:
                regex += {"%": ".*", "_": "."}.get(character) or re.escape(character)
        return re.fullmatch(regex, text, re.DOTALL) is not None

    return strict(Boolean, _texts(name, args), compute)


def function(result: DataType, compute: Callable[..., object], *wanted: DataType) -> Rule:
    """Return the rule of a function of texts and whole numbers: NULL where an argument is."""

    def rule(name: str, args: Sequence[Formula]) -> Formula:
        for arg, dtype in zip(args, wanted, strict=False):
            if arg.type not in ((String, Null) if dtype == String else (Int32, Int64, Null)):
                raise OracleError(f"{name} does not take {arg.type}")
        fitting = [arg.as_type(Int32) if arg.type == Int64 else arg for arg in args]
        return strict(result, fitting, compute)

    return rule


def substring(text: str, start: int, length: int | None = None) -> str:
    first = max(0, len(text) + start) if start < 0 else max(0, start - 1)
    return text[first:] if length is None else text[first : first + max(0, length)]


def left(text: str, length: int) -> str:
    return text[: max(0, length)]


def right(text: str, length: int) -> str:
    return text[max(0, len(text) - max(0, length)) :]


def replaced(text: str, what: str, by: str) -> str:
    return text.replace(what, by) if what else text


def left_padded(text: str, length: int, fill: str = " ") -> str:
    return (fill * length)[: max(0, length - len(text))] + left(text, length)


def right_padded(text: str, length: int, fill: str = " ") -> str:
    return left(text + (fill * length)[: max(0, length - len(text))], length)


def split_part(text: str, separator: str, number: int) -> str:
    parts = text.split(separator)
    place = number - 1 if number > 0 else len(parts) + number
    return parts[place] if 0 <= place < len(parts) else ""


def trimmed(text: str, characters: str = " ") -> str:
    return text.strip(characters) if characters else text


def left_trimmed(text: str, characters: str = " ") -> str:
    return text.lstrip(characters) if characters else text


def right_trimmed(text: str, characters: str = " ") -> str:
    return text.rstrip(characters) if characters else text


TEXT: dict[str, Rule] = {
    "||": concatenated,
    "CONCAT": concatenated,
    "CONCAT_WS": joined,
    **dict.fromkeys(("LOWER", "UPPER"), in_case),
    "LIKE": like,
    "TRIM": function(String, trimmed, String, String),
    "LTRIM": function(String, left_trimmed, String, String),
    "RTRIM": function(String, right_trimmed, String, String),
    "CHAR_LENGTH": function(Int32, len, String),
    "SUBSTRING": function(String, substring, String, Int32, Int32),
    "LEFT": function(String, left, String, Int32),
    "RIGHT": function(String, right, String, Int32),
    "REPLACE": function(String, replaced, String, String, String),
    "REVERSE": function(String, lambda text: text[::-1], String),
    "REPEAT": function(String, lambda text, times: text * times, String, Int32),
    "LPAD": function(String, left_padded, String, Int32, String),
    "RPAD": function(String, right_padded, String, Int32, String),
    "POSITION": function(Int32, lambda part, text: text.find(part) + 1, String, String),
    "STARTS_WITH": function(Boolean, str.startswith, String, String),
    "ENDS_WITH": function(Boolean, str.endswith, String, String),
    "CONTAINS": function(Boolean, lambda text, part: part in text, String, String),
    "SPLIT_PART": function(String, split_part, String, String, Int32),
    "MD5": function(String, lambda text: hashlib.md5(text.encode()).hexdigest(), String),
    "SHA256": function(String, lambda text: hashlib.sha256(text.encode()).hexdigest(), String),
}
