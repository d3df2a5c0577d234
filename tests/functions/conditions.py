"""Comparisons, conditions and the choice between values, of every type that has them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import sqlfeat as sf
from sqlfeat.types import DataType

from .family import Family

COMPARISONS = (
    "x = y",
    "x <> y",
    "x < y",
    "x <= y",
    "x > y",
    "x >= y",
    "x IS DISTINCT FROM y",
    "x IS NOT DISTINCT FROM y",
    "x IN (y, z)",
    "x NOT IN (y, z)",
    "x IN (y, NULL)",
    "x BETWEEN y AND z",
    "x NOT BETWEEN y AND z",
    "x IS NULL",
    "x IS NOT NULL",
    "CASE WHEN x < y THEN x WHEN y < z THEN y ELSE z END",
    "CASE WHEN x = y THEN z END",
    "CASE x WHEN y THEN 1 WHEN z THEN 2 ELSE 3 END",
    "IF(x > y, x, y)",
    "IF(x > y, NULL, x)",
    "COALESCE(x, y)",
    "COALESCE(x, y, z)",
    "NULLIF(x, y)",
)
EXTREMES = ("GREATEST(x, y)", "LEAST(x, y)", "GREATEST(x, y, z)", "LEAST(z, y, x)")


def of_one_type(name: str, dtype: DataType, low: object, middle: object, high: object) -> Family:
    """Return every comparison of three columns of a type, over all that three values and NULL give."""
    values = (low, middle, high, None)
    rows = tuple((x, y, z) for x in values for y in values for z in values)
    return Family(
        name,
        {"x": dtype, "y": dtype, "z": dtype},
        rows,
        COMPARISONS + (EXTREMES if dtype not in (sf.Boolean, sf.Bytes) else ()),
    )


FAMILIES = (
    of_one_type("compared_booleans", sf.Boolean, False, True, True),
    of_one_type("compared_ints", sf.Int32, -(2**31), 0, 2**31 - 1),
    of_one_type("compared_bigints", sf.Int64, -(2**53) - 1, 2**53, 2**53 + 1),
    of_one_type("compared_doubles", sf.Float64, -1e300, -0.0, 0.1),
    of_one_type("compared_floats", sf.Float32, -1.5, 0.0, 0.1),
    of_one_type(
        "compared_decimals",
        sf.Decimal(38, 2),
        Decimal("-9" * 1),
        Decimal("0.00"),
        Decimal("9" * 36 + ".99"),
    ),
    of_one_type("compared_texts", sf.String, "", "a", "a "),
    of_one_type("compared_unicode_texts", sf.String, "Z", "é", "\U0001f389"),
    of_one_type("compared_dates", sf.Date, date(1, 1, 1), date(1970, 1, 1), date(9999, 12, 31)),
    of_one_type(
        "compared_timestamps",
        sf.Timestamp,
        datetime(1969, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC),
        datetime(2022, 1, 1, tzinfo=UTC),
        datetime(2022, 1, 1, 0, 0, 0, 1_000, tzinfo=UTC),
    ),
    of_one_type("compared_bytes", sf.Bytes, b"", b"\x01", b"\xff\x00"),
    Family(
        "compared_numbers",
        {"i": sf.Int32, "b": sf.Int64, "f": sf.Float32, "d": sf.Float64, "m": sf.Decimal(10, 2)},
        (
            (1, 1, 1.0, 1.0, Decimal("1.00")),
            (2, 2**53 + 1, 0.5, float(2**53), Decimal("0.50")),
            (-1, -(2**63), -1.5, -(2.0**63), Decimal("-1.50")),
            (3, 3, 0.1, 0.1, Decimal("0.10")),
            (None, 1, None, 1.0, None),
            (1, None, 1.0, None, Decimal("1.00")),
        ),
        (
            "i = b",
            "i = d",
            "i < m",
            "b = d",
            "b > m",
            "f = d",
            "f = m",
            "f < 0.1",
            "d = m",
            "m = 0.5",
            "m IN (1, 0.5)",
            "i IN (1, 2.0, m)",
            "d BETWEEN i AND m",
            "d BETWEEN 0.1 AND 1",
            "COALESCE(i, b)",
            "COALESCE(i, d)",
            "COALESCE(m, i)",
            "COALESCE(f, d)",
            "CASE WHEN i > 0 THEN i ELSE m END",
            "CASE WHEN i > 0 THEN f ELSE m END",
            "IF(i > 0, i, 0.5)",
            "NULLIF(i, 1)",
            "NULLIF(b, 1.0)",
            "NULLIF(m, 0.5)",
            "NULLIF(f, d)",
            "NULLIF(d, f)",
            "NULLIF(f, 0.1)",
            "m IN (1, 2)",
            "b NOT IN (i, m, 3)",
            "f IN (0.1, 0.5)",
            "i IN (1, m)",
        ),
    ),
    Family(
        "conditions",
        {"p": sf.Boolean, "q": sf.Boolean},
        tuple((p, q) for p in (True, False, None) for q in (True, False, None)),
        (
            "p AND q",
            "p OR q",
            "NOT p",
            "NOT (p AND q) OR p",
            "p IS TRUE",
            "p IS NOT TRUE",
            "p IS FALSE",
            "p IS NOT FALSE",
            "p AND NULL",
            "p OR NULL",
            "p = q",
            "p IN (q, TRUE)",
            "CASE WHEN p THEN 1 WHEN q THEN 2 END",
            "CASE WHEN p THEN 'yes' ELSE 'no' END",
            "IF(p AND q, 'both', NULL)",
            "COALESCE(NOT p, CAST(CAST(q AS STRING) AS BOOLEAN))",
            "COALESCE(p AND q, CAST(CAST(p AS STRING) AS BOOLEAN), q)",
        ),
    ),
    Family(
        "patterns",
        {"s": sf.String, "p": sf.String},
        (
            ("", ""),
            ("", "%"),
            ("abc", "a%"),
            ("abc", "_b_"),
            ("a%c", "a%c"),
            ("a\nb", "a%b"),
            ("a\U0001f389b", "a_b"),
            (r"a\b", r"a\b"),
            (r"a\%b", r"a\%%"),
            ("a.c", "a.c"),
            ("abc ", "abc"),
            ("ABC", "abc"),
            (None, "%"),
            ("a", None),
        ),
        (
            "s LIKE p",
            "s NOT LIKE p",
            "s LIKE 'a%'",
            "s LIKE '%c'",
            "s LIKE '%b%'",
            "s LIKE 'a_b'",
            "s LIKE '_'",
            "s LIKE ''",
            "s LIKE 'abc '",
            r"s LIKE 'a\%'",
            "s NOT LIKE '%'",
            "s LIKE NULL",
        ),
    ),
)
