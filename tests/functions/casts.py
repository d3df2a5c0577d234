"""Casts. What stops a run has tests of its own."""

from __future__ import annotations

import sqlfeat as sf

from .family import Family

FAMILIES = (
    Family(
        "numbers_in_text",
        {"s": sf.String},
        tuple(
            (text,)
            for text in (
                "12",
                " 12 ",
                "+12",
                "-12",
                "12.7",
                "1e3",
                "2147483648",
                "x",
                "",
                " ",
                "true",
                None,
            )
        ),
        (
            "TRY_CAST(s AS INT)",
            "TRY_CAST(s AS BIGINT)",
            "TRY_CAST(s AS DOUBLE)",
            "TRY_CAST(s AS BOOLEAN)",
        ),
    ),
    Family(
        "narrowed",
        {"b": sf.Int64, "n": sf.Int64},
        (
            (0, 2**31),
            (2**31 - 1, -(2**31) - 1),
            (-(2**31), 2**63 - 1),
            (-1, -(2**63)),
            (None, None),
        ),
        ("CAST(b AS INT)", "TRY_CAST(b AS INT)", "TRY_CAST(n AS INT)"),
    ),
    Family(
        "widened",
        {"i": sf.Int32},
        ((1,), (-(2**31),), (None,)),
        ("CAST(i AS BIGINT)", "CAST(i AS STRING)", "CAST(i AS DECIMAL(12, 2))"),
    ),
)
