"""Timestamp formats in Java's letters, which both of today's engines read."""

from __future__ import annotations

from sqlfeat.expr.time_formats import Text, split_format

LETTERS = {
    "%Y": "yyyy",
    "%m": "MM",
    "%d": "dd",
    "%H": "HH",
    "%M": "mm",
    "%S": "ss",
}


def java_pattern(time_format: str, fraction: str, offset: str) -> str:
    """Return a strptime format in Java's letters; `fraction` and `offset` say %f and %z.

    >>> java_pattern("%Y-%m-%dT%H:%M:%S", "SSSSSS", "XX")
    "yyyy-MM-dd'T'HH:mm:ss"
    """
    letters = {**LETTERS, "%f": fraction, "%z": offset}
    parts = (
        _quoted(part.text) if isinstance(part, Text) else letters[part.code]
        for part in split_format(time_format)
    )
    return "".join(parts)


def _quoted(text: str) -> str:
    """Quote what Java would take for a letter or a bracket; a quote is doubled."""
    if all(character in " -:.,/" for character in text):
        return text
    return "'" + text.replace("'", "''") + "'"
