"""Functions of regular expressions."""

from __future__ import annotations

import sqlfeat as sf

from .family import Family

TEXTS = (
    *("", "a", "abc", "ABC", "a-12", "x-1-22", "12", "foo@bar.com", "a.b", "a\\b", "$1", "a$b"),
    *("aXbX", "it's", "a\n", "\n", "a\nb", "a\r\n", "a\u0085", "\ta", "caf\u00e9", "\U0001f389"),
    *("a\U0001f389b", "aab", "baac", "[x]", "{2}", "a|b", "aa bb", "a%b_c", '"q"'),
    None,
)

FAMILIES = (
    Family(
        "regular_expressions",
        {"s": sf.String, "by": sf.String},
        tuple((text, by) for text in TEXTS for by in ("", "<>", "$1", "\\", "a\\$", "\U0001f389", None)),
        (
            "REGEXP_LIKE(s, 'a')",
            "REGEXP_LIKE(s, '^a')",
            "REGEXP_LIKE(s, 'a$')",
            "REGEXP_LIKE(s, '^a.b$')",
            "REGEXP_LIKE(s, '(?s)^a.b$')",
            "REGEXP_LIKE(s, '(?i)^abc$')",
            "REGEXP_LIKE(s, '^[a-z]+-[0-9]{2}$')",
            r"REGEXP_LIKE(s, '^\w+@\w+\.com$')",
            r"REGEXP_LIKE(s, '\\')",
            r"REGEXP_LIKE(s, '\$\d')",
            r"REGEXP_LIKE(s, '[\[\]{}|]')",
            "REGEXP_LIKE(s, 'it''s')",
            r"REGEXP_LIKE(s, '(a)\1')",
            r"REGEXP_LIKE(s, '^\s')",
            "REGEXP_LIKE(s, '^.$')",
            r"REGEXP_LIKE(s, '\u00e9$')",
            r"NOT s RLIKE '\A[^\d\s]*$'",
            "REGEXP_LIKE(s, 'a(?=b)')",
            "REGEXP_LIKE(s, '(?<!a)b')",
            "REGEXP_REPLACE(s, '[a-c]+', '<>')",
            "REGEXP_REPLACE(s, 'a*b|a', '-')",
            "REGEXP_REPLACE(s, '[ab]', by)",
            r"REGEXP_REPLACE(s, 'b', '\$')",
            "REGEXP_REPLACE(s, '(a)(b)?', '')",
            "REGEXP_REPLACE(s, '$', '!')",
            "REGEXP_EXTRACT(s, '[0-9]+')",
            "REGEXP_EXTRACT(s, '([a-z])-([0-9]+)', 0)",
            "REGEXP_EXTRACT(s, '([a-z])-([0-9]+)', 2)",
            "REGEXP_EXTRACT(s, '(a)(b)?', 2)",
            "REGEXP_EXTRACT(s, '(a)|(b)', 2)",
            "REGEXP_EXTRACT(s, 'x*')",
            "REGEXP_EXTRACT(s, '(x*)', 1)",
        ),
    ),
)
