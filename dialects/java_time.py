"""Timestamp formats in Java's letters, which both of today's engines read."""

from __future__ import annotations

import re

from sqlfeat.expr.time_formats import Code, Text, parts_of, split_tail

LETTERS = {
    "%Y": "yyyy",
    "%m": "MM",
    "%d": "dd",
    "%H": "HH",
    "%M": "mm",
    "%S": "ss",
}
CODE_PATTERNS = {"%f": r"\d{1,6}", "%z": r"Z|[+-](?:0\d|1[0-7]):?[0-5]\d"}
WIDTHS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
DATE_TEXT = r"^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
TIMESTAMP_TEXT = r"^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?\z"
"""Regular expressions of what CAST reads."""
FIRST_MS, LAST_MS = -62_135_596_800_000, 253_402_300_799_999
"""The first and the last millisecond of the years 1 to 9999."""


def _head(parts: tuple[Code | Text, ...]) -> str:
    """Return the regular expression of the parts up to the seconds. It names their letters, of which Java
    reads small ones, too.
    """
    texts = (part.text if isinstance(part, Text) else "." * WIDTHS[part.code] for part in parts)
    named = "".join(one if one.lower() != one.upper() else "." for one in "".join(texts))
    return re.sub(r"\.+", lambda run: f".{{{len(run[0])}}}", named)


def width_of(parts: tuple[Code | Text, ...]) -> int:
    """Return how many characters the parts of a format up to its seconds stand for."""
    return sum(len(part.text) if isinstance(part, Text) else WIDTHS[part.code] for part in parts)


def whole_pattern(time_format: str) -> str:
    """Return the regular expression of a text of a format: its length and letters up to the seconds, and
    a group for each code at its end.

    >>> whole_pattern("%Y-%m-%dT%H:%M:%S.%f")
    '^.{10}T.{8}\\\\.(\\\\d{1,6})\\\\z'
    """
    head, tail = split_tail(time_format)
    end = "".join(
        re.escape(part.text).replace("\\ ", " ").replace("\\-", "-")
        if isinstance(part, Text)
        else f"({CODE_PATTERNS[part.code]})"
        for part in tail
    )
    return f"^{_head(head)}{end}" + r"\z"


def has_letters(time_format: str) -> bool:
    """Whether a text of the format has letters of the format's own."""
    texts = (part.text for part in parts_of(time_format) if isinstance(part, Text))
    return any(text.lower() != text.upper() for text in texts)


def java_pattern(time_format: str, fraction: str, offset: str) -> str:
    """Return a strptime format in Java's letters; `fraction` and `offset` say %f and %z.

    >>> java_pattern("%Y-%m-%dT%H:%M:%S", "SSSSSS", "XX")
    "yyyy-MM-dd'T'HH:mm:ss"
    """
    letters = {**LETTERS, "%f": fraction, "%z": offset}
    parts = (
        _quoted(part.text) if isinstance(part, Text) else letters[part.code]
        for part in parts_of(time_format)
    )
    return "".join(parts)


def _quoted(text: str) -> str:
    """Quote what Java would take for a letter or a bracket; a quote is doubled."""
    if all(character in " -:.,/" for character in text):
        return text
    return "'" + text.replace("'", "''") + "'"
