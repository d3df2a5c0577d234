"""Functions of text: how they are typed. Places and lengths count characters (code points), from 1."""

from __future__ import annotations

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.coercion import castable
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.signatures import Function, Rule, Signature, fault, table, texts
from sqlfeat.types import Boolean, Bytes, DataType, Int32, Int64, Null, String, Unknown

TAKEN: dict[DataType, tuple[tuple[DataType, ...], str]] = {
    String: ((String, Null, Unknown), "STRING"),
    Int32: ((Int32, Int64, Null, Unknown), "INT"),
}


def _of(*wanted: DataType, result: DataType) -> Rule:
    """Return the rule of a function of these arguments, the last of which may be left out."""
    words = ", ".join(TAKEN[dtype][1] for dtype in wanted)

    def rule(name: str, args: tuple[Expr, ...]) -> Signature:
        for arg, dtype in zip(args, wanted, strict=False):
            if type_of(arg) not in TAKEN[dtype][0]:
                raise fault(name, args, f"It takes ({words}): CAST what is of another type.")
            if dtype == Int32 and isinstance(arg, Literal) and type_of(arg) == Int64:
                raise ExpressionError(f"{name} does not take {arg.value}.", "Texts are not that long.")
        return Signature(wanted[: len(args)], result)

    return rule


def _shown(name: str, args: tuple[Expr, ...]) -> Signature:
    """Values of any type that has a text, as CAST has it."""
    for arg in args:
        if not castable(type_of(arg), String) or type_of(arg) == Bytes:
            raise fault(name, args, "It takes STRING, and what CAST makes a STRING of.")
    return Signature((String,) * len(args), String)


def _joined(name: str, args: tuple[Expr, ...]) -> Signature:
    if type_of(args[0]) not in TAKEN[String][0]:
        raise fault(name, args, "Its first argument, what stands between the others, is a STRING.")
    return _shown(name, args)


def _part(name: str, args: tuple[Expr, ...]) -> Signature:
    signature = _of(String, String, Int32, result=String)(name, args)
    separator, number = (arg.value if isinstance(arg, Literal) else None for arg in args[1:])
    if Unknown not in map(type_of, args[1:]) and not (separator and type(number) is int and number):
        raise ExpressionError(
            "SPLIT_PART takes constants: a separator that is not empty, and a number that is not 0.",
            "Such as SPLIT_PART(path, '/', 2); -1 is the last part.",
        )
    return signature


def _like(name: str, args: tuple[Expr, ...]) -> Signature:
    if len(args) == 3:
        _check_escape(args[1], args[2])
    return texts(Boolean)(name, args)


def _check_escape(pattern: Expr, escape: Expr) -> None:
    mark = escape.value if isinstance(escape, Literal) else None
    text = pattern.value if isinstance(pattern, Literal) else None
    if not isinstance(mark, str) or len(mark) != 1 or not isinstance(text, str):
        raise ExpressionError("LIKE … ESCAPE takes a constant pattern and one constant character.")
    rest = text.replace(mark * 2, "").split(mark)[1:]
    if any(part[:1] not in ("%", "_") or not part for part in rest):
        raise ExpressionError(
            f"in the pattern {text!r} the escape character {mark!r} stands before something else.",
            "It stands before %, _ or itself.",
        )


def _function(name: str, least: int, most: int | None, rule: Rule, form: str, *says: str) -> Function:
    return Function(name, least, most, rule, f"{name}{form}", *says)


TRIMMED = "(STRING[, characters]) → STRING"
ONE = _of(String, result=String)
COUNTED = _of(String, Int32, result=String)
PADDED = _of(String, Int32, String, result=String)
TESTED = _of(String, String, result=Boolean)
CHOSEN = _of(String, Int32, Int32, result=String)

TEXT_FUNCTIONS = table(
    Function("||", 2, None, texts(String), "STRING || STRING → STRING", "the texts, one after the other"),
    Function(
        "LIKE",
        2,
        3,
        _like,
        "STRING LIKE STRING [ESCAPE character] → BOOLEAN",
        "whether the text is of a pattern, in which % is any text and _ any one character",
        "without ESCAPE no other character has a meaning of its own; with it the pattern is a constant",
    ),
    Function(
        "NOT LIKE",
        2,
        3,
        _like,
        "STRING NOT LIKE STRING [ESCAPE character] → BOOLEAN",
        "whether the text is not of the pattern",
    ),
    _function(
        "CONCAT",
        1,
        None,
        _shown,
        "(value, …) → STRING",
        "the values, one after the other; NULL if one of them is",
        "a value that is no text is CAST to one",
    ),
    _function(
        "CONCAT_WS",
        2,
        None,
        _joined,
        "(separator, value, …) → STRING",
        "the values that are not NULL, with the separator between them; NULL if the separator is",
        "a value that is no text is CAST to one",
    ),
    _function("LOWER", 1, 1, ONE, "(STRING) → STRING", "the text in lower case"),
    _function("UPPER", 1, 1, ONE, "(STRING) → STRING", "the text in upper case"),
    _function(
        "TRIM",
        1,
        2,
        _of(String, String, result=String),
        TRIMMED,
        "the text without spaces at both ends, or without any of the characters",
        "also TRIM(BOTH characters FROM text)",
    ),
    _function("LTRIM", 1, 2, _of(String, String, result=String), TRIMMED, "the same at the start"),
    _function("RTRIM", 1, 2, _of(String, String, result=String), TRIMMED, "the same at the end"),
    _function(
        "CHAR_LENGTH", 1, 1, _of(String, result=Int32), "(STRING) → INT", "how many characters it has"
    ),
    _function(
        "SUBSTRING",
        2,
        3,
        CHOSEN,
        "(STRING, start[, length]) → STRING",
        "the text from a place on, so many characters of it or all",
        "a start of 0 is 1; a negative one counts from the end, and is 1 if it is before the first "
        "character; a negative length is 0",
    ),
    _function("LEFT", 2, 2, COUNTED, "(STRING, length) → STRING", "the first characters"),
    _function("RIGHT", 2, 2, COUNTED, "(STRING, length) → STRING", "the last characters"),
    _function(
        "REPLACE",
        3,
        3,
        _of(String, String, String, result=String),
        "(STRING, what, by) → STRING",
        "the text with each occurrence replaced; as it is if what is looked for is empty",
    ),
    _function("REVERSE", 1, 1, ONE, "(STRING) → STRING", "the characters from the last to the first"),
    _function(
        "REPEAT", 2, 2, COUNTED, "(STRING, times) → STRING", "the text so many times; empty below 1"
    ),
    _function(
        "LPAD",
        2,
        3,
        PADDED,
        "(STRING, length[, fill]) → STRING",
        "the text filled up on the left to a length, with spaces unless said; cut if it is longer",
    ),
    _function("RPAD", 2, 3, PADDED, "(STRING, length[, fill]) → STRING", "the same on the right"),
    _function(
        "POSITION",
        2,
        2,
        _of(String, String, result=Int32),
        "(part IN STRING) → INT",
        "the place of the first occurrence; 0 if there is none, 1 of an empty part",
        "also POSITION(part, text)",
    ),
    _function("STARTS_WITH", 2, 2, TESTED, "(STRING, part) → BOOLEAN", "whether it starts with the part"),
    _function("ENDS_WITH", 2, 2, TESTED, "(STRING, part) → BOOLEAN", "whether it ends with the part"),
    _function("CONTAINS", 2, 2, TESTED, "(STRING, part) → BOOLEAN", "whether the part is in it"),
    _function(
        "SPLIT_PART",
        3,
        3,
        _part,
        "(STRING, separator, number) → STRING",
        "one of the parts between separators, from 1 or from -1 at the end; empty if there is none",
        "separator and number are constants",
    ),
    _function("MD5", 1, 1, ONE, "(STRING) → STRING", "the MD5 of its UTF-8, 32 hexadecimal digits"),
    _function(
        "SHA256", 1, 1, ONE, "(STRING) → STRING", "the SHA-256 of its UTF-8, 64 hexadecimal digits"
    ),
)
