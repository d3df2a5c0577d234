"""Timestamp formats: strptime codes, taken apart once for every engine."""

from __future__ import annotations

from dataclasses import dataclass

from sqlfeat.errors import ExpressionError

CODES: dict[str, str] = {
    "%Y": "year, 4 digits",
    "%m": "month, 2 digits",
    "%d": "day, 2 digits",
    "%H": "hour, 2 digits",
    "%M": "minute, 2 digits",
    "%S": "second, 2 digits",
    "%f": "fraction of a second, 1 to 6 digits",
    "%z": "offset from UTC, such as +0800, +08:00 or Z",
}

EPOCH_FORMATS = {"epoch": 1_000, "epoch_millis": 1}
"""The formats of numbers, with how many milliseconds one is."""


@dataclass(frozen=True)
class Code:
    """One strptime code, such as %Y."""

    code: str


@dataclass(frozen=True)
class Text:
    """Characters that stand as they are."""

    text: str


TIMESTAMP_FORMAT = "the timestamp_format"
"""What an error calls a format, unless it is told another word."""


def split_format(time_format: str, role: str = TIMESTAMP_FORMAT) -> tuple[Code | Text, ...]:
    """Take a strptime format apart.

    Raises ExpressionError for a code outside the list, or without a date.

    >>> split_format("%Y-%m-%d")
    (Code(code='%Y'), Text(text='-'), Code(code='%m'), Text(text='-'), Code(code='%d'))
    """
    parts = parts_of(time_format, role)
    _check_parts(parts, time_format, role)
    return parts


def parts_of(time_format: str, role: str = TIMESTAMP_FORMAT) -> tuple[Code | Text, ...]:
    """Take a format, or a piece of one, apart, without asking for a date in it."""
    parts: list[Code | Text] = []
    place = 0
    while place < len(time_format):
        width = 2 if time_format[place] == "%" else 1
        token = time_format[place : place + width]
        place += width
        if width == 2 and token != "%%":
            parts.append(_code(token, time_format, role))
        elif parts and isinstance(parts[-1], Text):
            parts[-1] = Text(parts[-1].text + token[-1])
        else:
            parts.append(Text(token[-1]))
    return tuple(parts)


def _code(token: str, time_format: str, role: str) -> Code:
    if token not in CODES:
        raise ExpressionError(
            f"{role} {time_format!r} has the unknown code {token!r}.",
            "Codes are " + ", ".join(f"{code} ({says})" for code, says in CODES.items()) + ".",
        )
    return Code(token)


def _check_parts(parts: tuple[Code | Text, ...], time_format: str, role: str) -> None:
    codes = [part.code for part in parts if isinstance(part, Code)]
    if not {"%Y", "%m", "%d"} <= set(codes) or len(codes) != len(set(codes)):
        raise ExpressionError(
            f"{role} {time_format!r} does not give a date.",
            "It has %Y, %m and %d, and each code once.",
        )
    tail = [code for code in codes if code in AT_THE_END]
    if codes[len(codes) - len(tail) :] != tail or tail == ["%z", "%f"]:
        raise ExpressionError(
            f"{role} {time_format!r} goes on after %f or %z.",
            "They stand at the end, %f before %z.",
        )


AT_THE_END = ("%f", "%z")
"""The codes whose texts differ in length."""


def split_tail(time_format: str) -> tuple[tuple[Code | Text, ...], tuple[Code | Text, ...]]:
    """Return the parts of a format up to its seconds, of a fixed length, and those after them.

    >>> head, tail = split_tail("%Y-%m-%d %z")
    >>> joined(head), joined(tail)
    ('%Y-%m-%d', ' %z')
    """
    parts = split_format(time_format)
    fixed = [n for n, part in enumerate(parts) if isinstance(part, Code) and part.code not in AT_THE_END]
    return parts[: fixed[-1] + 1], parts[fixed[-1] + 1 :]


def joined(parts: tuple[Code | Text, ...]) -> str:
    """Return the format that was taken apart."""
    return "".join(
        part.code if isinstance(part, Code) else part.text.replace("%", "%%") for part in parts
    )
