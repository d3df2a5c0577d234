"""Arithmetic."""

from __future__ import annotations

from decimal import Decimal

import sqlfeat as sf

from .family import Family

MOST = 2**63 - 1

FAMILIES = (
    Family(
        "integers",
        {"i": sf.Int32, "j": sf.Int32, "b": sf.Int64, "c": sf.Int64},
        (
            (7, 2, 7, 2),
            (-7, 2, -7, 2),
            (7, -2, 7, -2),
            (0, 0, 0, 0),
            (2**31 - 1, 2**31 - 1, 2**53 + 1, 1),
            (-(2**31), 1, -(2**53) - 1, -1),
            (1, None, None, 3),
            (None, 2, 4, None),
            (None, None, None, None),
        ),
        (
            "i + j",
            "i - j",
            "i * j",
            "i / j",
            "i DIV j",
            "i % j",
            "-i",
            "b + 1",
            "b - i",
            "c * 1000000",
            "b / c",
            "b DIV c",
            "b % c",
            "-b",
            "i + NULL",
            "7 DIV j",
            "i % 3",
            "i + 0.5",
            "ABS(i DIV 2)",
            "ABS(j)",
            "b * 1.0",
        ),
    ),
    Family(
        "decimals_and_doubles",
        {
            "d": sf.Float64,
            "e": sf.Float64,
            "f": sf.Float32,
            "m": sf.Decimal(10, 2),
            "n": sf.Decimal(8, 3),
        },
        (
            (1.5, 0.25, 0.5, Decimal("1.25"), Decimal("0.125")),
            (-1.5, 0.0, -2.0, Decimal("-12345678.99"), Decimal("99999.999")),
            (1e300, 1e-300, 3.0, Decimal("0.00"), Decimal("0.000")),
            (-0.0, 2.0, 0.1, Decimal("99999999.99"), Decimal("-0.001")),
            (None, 1.0, None, None, Decimal("1.000")),
            (2.0, None, 1.0, Decimal("2.00"), None),
        ),
        (
            "d + e",
            "d - e",
            "d * e",
            "d / e",
            "-d",
            "f + f",
            "f * d",
            "m + n",
            "m - n",
            "m * n",
            "m / n",
            "-m",
            "m + 1",
            "m * 0.5",
            "m / 3",
            "m + d",
            "ABS(d)",
            "ABS(m)",
            "ABS(f)",
        ),
    ),
)
