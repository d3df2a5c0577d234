"""The SQL grammar of expression text, as a sqlglot dialect: standard SQL, backticks for names.

Functions stay anonymous (a name and arguments), so that the table of functions is the only place that
knows them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.parser import Parser as _Parser
from sqlglot.tokens import Tokenizer as _Tokenizer

WITH_WORDS = ("CAST", "EXTRACT", "POSITION", "SUBSTRING", "TRIM", "TRY_CAST")
"""Functions whose arguments may have words between them, such as `POSITION('a' IN s)`."""


class ExpressionText(Dialect):
    """Names in backticks, text in single or double quotes (doubled to escape), `--` comments."""

    class Tokenizer(_Tokenizer):
        """Backslashes in text are plain characters, as in standard SQL."""

        IDENTIFIERS: ClassVar[list[Any]] = ["`"]
        QUOTES: ClassVar[list[Any]] = ["'", '"']
        STRING_ESCAPES: ClassVar[list[str]] = ["'", '"']
        COMMENTS: ClassVar[list[Any]] = ["--", ("/*", "*/")]

    class Parser(_Parser):
        """No function but ARRAY is known to the parser: each keeps the name that the text gives it."""

        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            name: _Parser.FUNCTION_PARSERS[name] for name in WITH_WORDS
        }
        # Anonymous, ARRAY('a', 'b')[1] would be taken for ARRAY[1].
        FUNCTIONS: ClassVar[dict[str, Any]] = {"ARRAY": exp.Array.from_arg_list}
        NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = {}
        ARRAY_CONSTRUCTORS: ClassVar[dict[str, Any]] = {"ARRAY": exp.Array}
