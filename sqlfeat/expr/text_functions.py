"""Functions of text: how they are typed."""

from __future__ import annotations

from sqlfeat.expr.signatures import Function, table, texts
from sqlfeat.types import String

TEXT_FUNCTIONS = table(
    Function("||", 2, None, texts(String), "STRING || STRING → STRING", "the texts, one after the other"),
    Function(
        "CONCAT", 1, None, texts(String), "CONCAT(STRING, …) → STRING", "the texts, one after the other"
    ),
    Function("LOWER", 1, 1, texts(String), "LOWER(STRING) → STRING", "the text in lower case"),
    Function("UPPER", 1, 1, texts(String), "UPPER(STRING) → STRING", "the text in upper case"),
)
