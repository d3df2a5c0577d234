"""Functions of text."""

from __future__ import annotations

import sqlfeat as sf

from .family import Family

TEXTS = ("", " ", "abc", " a b ", "ABC", "straße", "İi", "ΑΣ", "e\u0301", "a\U0001f389b", "\t\n", None)

FAMILIES = (
    Family(
        "texts",
        {"s": sf.String},
        tuple((text,) for text in TEXTS),
        (
            "LOWER(s)",
            "UPPER(s)",
            "s || s",
            "s || 'x' || s",
            "CONCAT(s)",
            "CONCAT(s, '-', s)",
            "s || NULL",
        ),
    ),
)
