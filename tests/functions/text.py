"""Functions of text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlfeat as sf

from .family import Family

TEXTS = ("", " ", "abc", " a b ", "ABC", "straße", "İi", "ΑΣ", "e\u0301", "a\U0001f389b", "\t\n", None)

PIECES = (
    *("", "a", "abc", "xxabcxx", " a b ", "a,b,c", ",", "a,,b", "aXbaXX", "a%b_c", "a.b.c", "$1"),
    *(
        "a\\b",
        "a\\%b",
        "it's",
        '"',
        "a\r\nb",
        "e\u0301\U0001f389b",
        "\U0001f389",
        "\u65e5\u672c\u8a9e",
        None,
    ),
)
PLACES = (
    *((0, ""), (1, "a"), (-1, "b"), (2, ","), (-2, "X"), (3, None), (None, "x"), (5, "\U0001f389")),
    *((-100, "xx"), (2**31 - 1, "\\"), (-(2**31), "$")),
)

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
    Family(
        "parts_of_texts",
        {"s": sf.String, "n": sf.Int32, "b": sf.Int64, "p": sf.String},
        tuple((text, number, number, part) for text in PIECES for number, part in PLACES),
        (
            "TRIM(s)",
            "LTRIM(s)",
            "RTRIM(s)",
            "TRIM(s, 'xa')",
            "LTRIM(s, p)",
            "TRIM(TRAILING p FROM s)",
            "TRIM(BOTH p || 'b' FROM s || p)",
            "CHAR_LENGTH(s)",
            "SUBSTRING(s, 2)",
            "SUBSTRING(s, 0, 2)",
            "SUBSTRING(s, -2)",
            "SUBSTRING(s, -5, 3)",
            "SUBSTRING(s, 2, -1)",
            "SUBSTRING(s, n)",
            "SUBSTRING(s, n, 2)",
            "SUBSTRING(s, 2, n)",
            "SUBSTRING(s, b, n)",
            "SUBSTRING(s, CHAR_LENGTH(s) - 1)",
            "SUBSTRING(s FROM 2 FOR 1)",
            "LEFT(s, n)",
            "LEFT(s, 2)",
            "RIGHT(s, b)",
            "REPLACE(s, p, 'Z')",
            "REPLACE(s, 'a', p)",
            "REPLACE(s, '', p)",
            "REPLACE(s, '$1', '\\')",
            "REVERSE(s)",
            "REPEAT(s, IF(n < 100, n, 2))",
            "LPAD(s, IF(n < 100, n, 2), p)",
            "RPAD(s, IF(n < 100, n, 2), p)",
            "LPAD(s, 5)",
            "RPAD(s, 4, '\U0001f389-')",
            "CHAR_LENGTH(LPAD(s, 7, '0'))",
            "POSITION(p IN s)",
            "POSITION('', s)",
            "STARTS_WITH(s, p)",
            "ENDS_WITH(s, p)",
            "CONTAINS(s, p)",
            "NOT CONTAINS(s, '%')",
            "SPLIT_PART(s, ',', 1)",
            "SPLIT_PART(s, ',', 3)",
            "SPLIT_PART(s, 'aX', 2)",
            "SPLIT_PART(s, '.', 2)",
            "SPLIT_PART(s, ',', -1)",
            "SPLIT_PART(s, ',', -3)",
            "MD5(s)",
            "SHA256(s)",
            "COALESCE(MD5(s), 'none')",
            "IF(n > 0, SHA256(s), MD5(s)) || 'x'",
            "MD5(s) = p",
            "CONCAT(s, n)",
            "CONCAT(s, p, b)",
            "CONCAT_WS(p, s, n)",
            "CONCAT_WS('-', p, s, b, NULL)",
            "CONCAT_WS(', ', p)",
            "GREATEST(s, 'b')",
            "LEAST(s, p, 'b')",
            "s LIKE '%!_%' ESCAPE '!'",
            "s LIKE 'a!%%' ESCAPE '!'",
            "s LIKE '_!__!!' ESCAPE '!'",
            "s LIKE '%\\%_' ESCAPE '\\'",
            "s NOT LIKE '%\\_c' ESCAPE '\\'",
            "s NOT LIKE 'a%%b' ESCAPE '%'",
        ),
    ),
    Family(
        "shown_values",
        {"i": sf.Int32, "t": sf.Boolean, "day": sf.Date, "at": sf.Timestamp},
        (
            (1, True, date(2022, 1, 31), datetime(2022, 1, 31, 10, tzinfo=UTC)),
            (-(2**31), False, date(1, 1, 1), datetime(1969, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)),
            (None, None, None, None),
        ),
        ("CONCAT(i, '_', t, day)", "CONCAT_WS('_', i, t, day, at)", "CONCAT(at)"),
        timezone="Asia/Shanghai",
    ),
)
