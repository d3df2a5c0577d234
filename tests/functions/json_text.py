"""Texts that hold JSON."""

from __future__ import annotations

import sqlfeat as sf

from .family import Family

TEXTS = (
    '{"a": "x", "b": {"c": [1, 2, {"d": true}]}}',
    '{"a": 1}',
    '{"a": 1.5}',
    '{"a": 100.0}',
    '{"a": 1.10}',
    '{"a": 1e3}',
    '{"a": 1E10}',
    '{"a": 0.0001}',
    '{"a": 12345678.5}',
    '{"a": 9223372036854775808}',
    '{"a": -7}',
    '{"a": null}',
    '{"a": true, "b": []}',
    '{"a": {"b": 1}}',
    '{"a": [1, 2]}',
    '{"a": ""}',
    '{"a": "it\'s \\"q\\" \\\\ \\u00e9 \\n"}',
    '{"a": "\\ud83c\\udf89"}',
    '{"A": 1}',
    '["x", {"a": 2}]',
    '"text"',
    "17",
    "null",
    "",
    " ",
    "no json",
    "{'a': 1}",
    '{"a": 1',
    '{"a": 1} x',
    '{"a": 1}]',
    '{"a": 1}{"a": 2}',
    "[5, 6], 7",
    '{"a": 01}',
    '{"a": NaN}',
    '  {"a" :\t1}\n',
    None,
)

FAMILIES = (
    Family(
        "json_values",
        {"s": sf.String},
        tuple((text,) for text in TEXTS),
        (
            "JSON_VALUE(s, '$.a')",
            "JSON_VALUE(s, '$.b.c[0]')",
            "JSON_VALUE(s, '$.b.c[2].d')",
            "JSON_VALUE(s, '$.b.c[7]')",
            "JSON_VALUE(s, '$.a.b')",
            "JSON_VALUE(s, '$[0]')",
            "JSON_VALUE(s, '$[1].a')",
            "TRY_CAST(JSON_VALUE(s, '$.a') AS BIGINT)",
        ),
    ),
    Family(
        "json_strings",
        {
            "s": sf.String,
            "t": sf.Boolean,
            "i": sf.Int32,
            "b": sf.Int64,
            "list": sf.Array(sf.String),
            "numbers": sf.Array(sf.Int64),
            "held": sf.Map(sf.String, sf.Int64),
            "texts": sf.Map(sf.String, sf.String),
        },
        (
            ("", True, 0, -(2**63), [], [1, None], {"b": 1, "a": 2}, {"k": "v"}),
            ('it\'s "q" \\ / é', False, -1, 2**53 + 1, ["x", None, "\t"], [], {"a": None}, {"": None}),
            ("\x01\x1f\x7f\n\U0001f389<>&", True, 2**31 - 1, 1, [None], [-1], {}, {"ß": "\n", "Z": "z"}),
            (None, None, None, None, None, None, None, None),
        ),
        (
            "JSON_STRING(s)",
            "JSON_STRING(t)",
            "JSON_STRING(i)",
            "JSON_STRING(b)",
            "JSON_STRING(list)",
            "JSON_STRING(numbers)",
            "JSON_STRING(held)",
            "JSON_STRING(texts)",
            "JSON_STRING(MAP['n', s])",
            "JSON_VALUE(JSON_STRING(texts), '$.Z')",
        ),
    ),
)
