"""Arrays, maps, structs and bytes."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal

import sqlfeat as sf
from sqlfeat.types import DataType

from .family import Family

OF_ELEMENTS = (
    "list[1]",
    "list[2]",
    "list[n]",
    "list[n + 1]",
    "held['a']",
    "held['']",
    "held[CASE WHEN n = 1 THEN 'b' ELSE NULL END]",
    "CARDINALITY(list)",
    "SIZE(held)",
    "ARRAY_CONTAINS(list, x)",
    "ARRAY_CONTAINS(list, NULL)",
    "MAP_KEYS(held)",
    "ARRAY[x, list[1]]",
    "ARRAY[x, NULL]",
    "ARRAY[x][1]",
    "ARRAY[list, NULL][1]",
    "MAP['a', x, 'b', NULL]",
    "MAP['a', x]['b']",
    "MAP['a', x]['a']",
    "MAP(CASE WHEN n = 1 THEN 'k' END, x)",
    "COALESCE(list[5], x)",
    "CASE WHEN n = 1 THEN list END",
    "COALESCE(held, MAP['none', x])",
    "list IS NULL OR held IS NOT NULL",
)


def of_elements(name: str, dtype: DataType, least: object, most: object) -> Family:
    """Return what reads arrays and maps of a type."""
    rows = (
        ([least, most], {"a": least, "b": most}, least, 1),
        ([most, None, least, most], {"a": None, "c": most}, most, 2),
        ([None], {"": None}, least, 1),
        ([], {}, most, 1),
        ([None, least], {"b": least, "a": most, "Z": most}, None, 0),
        ([least], {"a": least}, most, -1),
        ([most], {"a": most}, most, 2**31),
        ([most], {"a": most}, most, None),
        (None, None, least, 1),
    )
    is_sorted = dtype not in (sf.Boolean, sf.Bytes)
    return Family(
        name,
        {"list": sf.Array(dtype), "held": sf.Map(sf.String, dtype), "x": dtype, "n": sf.Int64},
        rows,
        (*OF_ELEMENTS, *(("MAP_VALUES(held)",) if is_sorted else ())),
    )


HOME = sf.Struct(city=sf.String, zip=sf.Int32, at=sf.Struct(lon=sf.Float64, seen=sf.Array(sf.Date)))

EQUALITIES = (
    "x = y",
    "x <> y",
    "x IS DISTINCT FROM y",
    "x IS NOT DISTINCT FROM y",
    "x = NULL",
    "CASE x WHEN y THEN 'same' ELSE 'other' END",
    "CASE WHEN x = y THEN NULL ELSE x END = y",
)


def of_equality(name: str, dtype: DataType, *values: object) -> Family:
    """Return what compares nested values: each with each, and with NULL."""
    rows = tuple((x, y) for x in (*values, None) for y in (*values, None))
    return Family(name, {"x": dtype, "y": dtype}, rows, EQUALITIES)


ZEROS = (0.0, -0.0, math.inf, None)


def of_zeros(name: str, dtype: DataType) -> Family:
    """Return what looks for zeros of both signs, also beside NaN: each zero is the other."""
    lists = ([], [0.0], [-0.0], [math.nan], [None, math.nan, -0.0], [math.inf, None])
    return Family(
        name,
        {"list": sf.Array(dtype), "x": dtype},
        tuple((held, x) for held in lists for x in ZEROS),
        (
            "ARRAY_CONTAINS(list, x)",
            f"ARRAY_CONTAINS(list, CAST(0.0 AS {dtype}))",
            f"ARRAY_CONTAINS(list, CAST(-0.0 AS {dtype}))",
        ),
    )


AT = datetime(2022, 1, 1, 0, 0, 0, 1_000, UTC)

FAMILIES = (
    of_equality("equal_ints", sf.Array(sf.Int32), [], [1], [None], [1, None], [1, 2], [2, 1]),
    of_equality("equal_texts", sf.Array(sf.String), ["a,b"], ["a", "b"], ["null"], [None], ['"'], ["\t"]),
    of_equality("equal_times", sf.Array(sf.Timestamp), [AT], [AT, None], [AT.replace(year=1969)]),
    of_equality(
        "equal_decimals", sf.Array(sf.Decimal(38, 2)), [Decimal("1.10")], [None, Decimal("9" * 36)]
    ),
    of_equality("equal_bytes", sf.Array(sf.Bytes), [b""], [b"\xff"], [b"\xfe"], [None]),
    of_equality("equal_arrays", sf.Array(sf.Array(sf.Boolean)), [[True], None], [[True]], [[None]], [[]]),
    of_equality(
        "equal_maps", sf.Map(sf.String, sf.Int64), {}, {"a": 1, "b": None}, {"b": None, "a": 1}, {"a": 1}
    ),
    of_equality(
        "equal_structs",
        sf.Struct(n=sf.Int32, list=sf.Array(sf.String)),
        {"n": 1, "list": ["a", None]},
        {"n": 1, "list": None},
        {"n": None, "list": None},
        {"n": None, "list": []},
    ),
    of_elements("elements_of_bigint", sf.Int64, -(2**63), 2**53 + 1),
    of_elements("elements_of_int", sf.Int32, -1, 2**31 - 1),
    of_elements("elements_of_string", sf.String, "", "it's"),
    of_elements("elements_of_double", sf.Float64, -0.5, 1e300),
    of_elements("elements_of_float", sf.Float32, -0.5, 0.1),
    of_elements("elements_of_decimal", sf.Decimal(10, 2), Decimal("-1.50"), Decimal("99999999.99")),
    of_elements("elements_of_boolean", sf.Boolean, False, True),
    of_elements("elements_of_date", sf.Date, date(1969, 12, 31), date(2024, 2, 29)),
    of_elements(
        "elements_of_timestamp",
        sf.Timestamp,
        datetime(1969, 12, 31, 23, 59, 59, 999_000, UTC),
        datetime(2022, 1, 1, tzinfo=UTC),
    ),
    of_elements("elements_of_bytes", sf.Bytes, b"", b"\xff\x00"),
    of_zeros("zeros_of_double", sf.Float64),
    of_zeros("zeros_of_float", sf.Float32),
    Family(
        "structs",
        {"home": HOME, "list": sf.Array(sf.Struct(n=sf.Int64)), "held": sf.Map(sf.String, HOME)},
        (
            (
                {"city": "Bern", "zip": 3000, "at": {"lon": 7.4, "seen": [date(2022, 1, 1), None]}},
                [{"n": 1}, None, {"n": None}],
                {"a": {"city": None, "zip": 1, "at": None}},
            ),
            ({"city": None, "zip": None, "at": {"lon": None, "seen": None}}, [], {}),
            ({"city": "", "zip": -1, "at": None}, [None], {"a": None}),
            (None, None, None),
        ),
        (
            "home.city",
            "home.zip + 1",
            "home.at.lon",
            "home.at.seen[1]",
            "home.at.seen[2]",
            "home.at",
            "list[1].n",
            "list[2].n",
            "list[3].n",
            "held['a'].zip",
            "held['b'].zip",
            "COALESCE(home.city, 'none')",
            "home IS NULL",
            "UPPER(home.city) = 'BERN'",
            "CARDINALITY(home.at.seen)",
            "ARRAY[home.city, 'x'][1]",
            "MAP['home', home]['home'].city",
            "CASE WHEN home.zip > 0 THEN home END",
        ),
    ),
    Family(
        "bytes",
        {"x": sf.Bytes},
        ((b"",), (b"abc",), ("é\U0001f389".encode(),), (b"\xff\x00",), (b"\xed\xa0\x80",), (None,)),
        (
            "TRY_CAST(x AS STRING)",
            "CASE WHEN x = CAST('abc' AS BYTES) THEN CAST(x AS STRING) END",
            "x IN (CAST('abc' AS BYTES), CAST('' AS BYTES))",
            "x NOT IN (CAST('abc' AS BYTES), x, NULL)",
            "x = CAST('abc' AS BYTES) OR x = CAST('' AS BYTES)",
            "x <> CAST('abc' AS BYTES)",
            "x > CAST('abb' AS BYTES) AND x <= CAST('abc' AS BYTES)",
            "CAST(CAST(TRY_CAST(x AS STRING) AS BYTES) AS STRING)",
        ),
    ),
)
