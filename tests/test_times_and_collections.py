"""Expressions of times, arrays, maps, structs and JSON: how they are read, typed and refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.builder import Term, call, col, lit, to_expr
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.expr.parsing import parse_expression
from sqlfeat.expr.resolve import resolve
from sqlfeat.plan.show import expression
from sqlfeat.types import (
    Array,
    Boolean,
    Date,
    Float64,
    Int32,
    Int64,
    Map,
    Schema,
    String,
    Struct,
    Timestamp,
    Unknown,
)

COLUMNS = Schema(
    (
        ("i", Int32),
        ("b", Int64),
        ("d", Float64),
        ("s", String),
        ("t", Boolean),
        ("at", Timestamp),
        ("day", Date),
        ("list", Array(Int64)),
        ("scores", Map(String, Float64)),
        ("home", Struct(city=String, at=Timestamp)),
        ("broken", Unknown),
    )
)


def typed(text: str) -> Expr:
    return resolve(parse_expression(text), COLUMNS)


TREES: dict[str, str] = {
    "EXTRACT(hour FROM at)": "HOUR(at)",
    "at - INTERVAL '2' DAYS": "TIMESTAMPADD('DAY', -2, at)",
    "TIMESTAMPDIFF(day, at, at)": "TIMESTAMPDIFF('DAY', at, at)",
    "DATE_TRUNC(day, at)": "DATE_TRUNC('DAY', at)",
    "list[1]": "[](list, 1)",
    "MAP['a', 1]['b']": "[](MAP('a', 1), 'b')",
    "a.b.c": ".(.(a, 'b'), 'c')",
    "`a b`.c[1].d": ".([](.(a b, 'c'), 1), 'd')",
}


@pytest.mark.parametrize(("text", "tree"), TREES.items(), ids=TREES)
def test_parsing(text: str, tree: str) -> None:
    assert expression(parse_expression(text)) == tree


TYPES: dict[str, Any] = {
    "DATE '2022-01-01'": Date,
    "TIMESTAMP '2022-01-01 10:00:00'": Timestamp,
    "YEAR(day)": Int64,
    "EXTRACT(DOW FROM at)": Int64,
    "SECOND(NULL)": Int64,
    "DATE_TRUNC('MONTH', at)": Timestamp,
    "DATE_TRUNC('month', day)": Date,
    "at + INTERVAL '1' DAY": Timestamp,
    "INTERVAL '90' MINUTES + at": Timestamp,
    "day - INTERVAL '1' MONTH": Date,
    "TIMESTAMPADD(HOUR, i + 1, at)": Timestamp,
    "TIMESTAMPDIFF(DAY, day, NULL)": Int64,
    "UNIX_TIMESTAMP(at)": Int64,
    "UNIX_TIMESTAMP(s, '%Y-%m-%d')": Int64,
    "TO_TIMESTAMP(s)": Timestamp,
    "DATE_FORMAT(at, '%H:%M')": String,
    "CAST(s AS DATE)": Date,
    "CAST(day AS TIMESTAMP)": Timestamp,
    "CAST(at AS DATE)": Date,
    "list[i]": Int64,
    "scores['a']": Float64,
    "home.city": String,
    "HOUR(home.at)": Int64,
    "ARRAY[i, b]": Array(Int64),
    "ARRAY[list][1][2]": Int64,
    "MAP['a', i, 'b', NULL]": Map(String, Int32),
    "MAP(s, d)['a']": Float64,
    "SIZE(list)": Int32,
    "ARRAY_CONTAINS(list, i)": Boolean,
    "MAP_KEYS(scores)": Array(String),
    "MAP_VALUES(scores)[1]": Float64,
    "JSON_VALUE(s, '$.a[0].b')": String,
    "JSON_STRING(list)": String,
    "broken.city": Unknown,
    "broken[1]": Unknown,
    "ARRAY[broken, 1]": Unknown,
}


@pytest.mark.parametrize(("text", "dtype"), TYPES.items(), ids=TYPES)
def test_typing(text: str, dtype: object) -> None:
    once = typed(text)
    assert type_of(once) == dtype
    assert resolve(once, COLUMNS) == once


REFUSED: dict[str, str] = {
    "DATE '2022-02-30'": "'2022-02-30' is no DATE. Write DATE '2022-01-31'.",
    "CAST('today' AS DATE)": "'today' is no DATE.",
    "TIMESTAMP '2022-01-01 25:00:00'": "'2022-01-01 25:00:00' is no TIMESTAMP. Write TIMESTAMP '2022",
    "HOUR(s)": "HOUR does not take (STRING). It takes TIMESTAMP: TO_TIMESTAMP reads text, CAST a DATE.",
    "HOUR(day)": "HOUR does not take (DATE).",
    "EXTRACT(HOURS FROM at)": "EXTRACT has no part 'HOURS'. Did you mean HOUR?",
    "DATE_TRUNC('HOURS', at)": "DATE_TRUNC of a TIMESTAMP has no unit 'HOURS'. Did you mean HOUR?",
    "DATE_TRUNC('HOUR', day)": "DATE_TRUNC of a DATE has no unit 'HOUR'. Units are YEAR, QUARTER,",
    "DATE_TRUNC(s, at)": "DATE_TRUNC of a TIMESTAMP has no unit 'S'.",
    "DATE_TRUNC(s || 'x', at)": "DATE_TRUNC needs the name of a unit.",
    "TIMESTAMPADD(DAYS, 1, at)": "TIMESTAMPADD of a TIMESTAMP has no unit 'DAYS'. Did you mean DAY?",
    "TIMESTAMPADD(DAY, 1.5, at)": "TIMESTAMPADD does not take (STRING, DOUBLE, TIMESTAMP). How many is",
    "TIMESTAMPDIFF(DAY, at, day)": "Both are TIMESTAMP, or both DATE: CAST one of them.",
    "at + INTERVAL '1.5' DAY": "cannot be read. Write a whole number of one unit",
    "at + INTERVAL '1' FORTNIGHT": "an INTERVAL has no unit 'FORTNIGHT'.",
    "INTERVAL '1' DAY": "stands alone. It is added to a TIMESTAMP or a DATE",
    "at - at": "- does not take (TIMESTAMP, TIMESTAMP). It takes numbers: t + INTERVAL '1' DAY is later,",
    "DATEDIFF(at, at)": "there is no function DATEDIFF. Use TIMESTAMPDIFF(DAY, from, to).",
    "TO_TIMESTAMP(s, 'yyyy')": "the format of TO_TIMESTAMP 'yyyy' does not give a date.",
    "TO_TIMESTAMP(s, s)": "the format of TO_TIMESTAMP is a text literal.",
    "DATE_FORMAT(at, 'yyyy')": "the format of DATE_FORMAT 'yyyy' has no code. Codes start with %",
    "DATE_FORMAT(at, '%H %z')": "the format of DATE_FORMAT '%H %z' has %z.",
    "DATE_FORMAT(at, '%X')": "the format of DATE_FORMAT '%X' has the unknown code '%X'.",
    "home < home": "Nested values have no order, and are compared one by one: use =, or what is in",
    "list IN (list)": "IN does not take (ARRAY<BIGINT>, ARRAY<BIGINT>). Nested values have no order",
    "NULLIF(list, list)": "NULLIF does not take (ARRAY<BIGINT>, ARRAY<BIGINT>). Nested values have no",
    "scores = scores": "What is in nested values is exact and no DATE, and keys are STRING: compare",
    "ARRAY[MAP['a', 1]] = NULL": "What is in nested values is exact and no DATE, and keys are STRING",
    "list[0]": "an ARRAY has no element 0. Elements are counted from 1.",
    "list[-1]": "an ARRAY has no element -1.",
    "list['a']": "an ARRAY has no element STRING.",
    "list[1, 2]": "cannot be read. One element: a[1], m['key'].",
    "scores[1]": "MAP<STRING, DOUBLE> has no key of type INT. CAST it to the type of the keys.",
    "i[1]": "INT has no elements.",
    "home.citty": "has no field 'citty'. Did you mean 'city'?",
    "s.city": "STRING has no fields, and no 'city'.",
    "hoome.city": "there is no column 'hoome' that has fields. Did you mean 'home'?",
    "ARRAY[]": "ARRAY takes 1 or more arguments, not 0.",
    "ARRAY[NULL]": "ARRAY of NULLs alone has no type.",
    "ARRAY[1, 'a']": "ARRAY does not take (INT, STRING). The values must be of one type",
    "MAP['a', 1, 'b']": "MAP takes keys and values in turn.",
    "MAP['a', 1, 'a', 2]": "the keys of MAP are not constants, each another one.",
    "MAP[s, 1, 'a', 2]": "the keys of MAP are not constants, each another one. Several keys that are",
    "MAP[d, 1]": "MAP does not take keys of DOUBLE.",
    "CARDINALITY(s)": "CARDINALITY does not take (STRING). It takes an ARRAY or a MAP.",
    "ARRAY_CONTAINS(list, 'a')": "ARRAY_CONTAINS does not take (ARRAY<BIGINT>, STRING).",
    "MAP_KEYS(list)": "MAP_KEYS does not take (ARRAY<BIGINT>). It takes a MAP.",
    "MAP_VALUES(MAP['a', t])": "BOOLEAN is not sorted alike by all engines.",
    "JSON_VALUE(s, 'a')": "JSON_VALUE does not take the path 'a'. A path is a text literal",
    "JSON_VALUE(s, '$')": "JSON_VALUE does not take the path '$'. A path is a text literal",
    "JSON_VALUE(s, '$.a.*')": "JSON_VALUE does not take the path '$.a.*'.",
    "JSON_VALUE(s, s)": "JSON_VALUE does not take the path 'that'.",
    "JSON_STRING(d)": "JSON_STRING does not take (DOUBLE). It takes STRING, BOOLEAN, INT, BIGINT,",
    "JSON_STRING(home)": "JSON_STRING does not take (STRUCT<city: STRING, at: TIMESTAMP>).",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=REFUSED)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        typed(text)
    assert message in str(caught.value)


BUILT: list[tuple[Term, str]] = [
    (col("list")[1], "list[1]"),
    (col("home").field("city"), "home.city"),
    (call("TIMESTAMPADD", "DAY", 1, col("at")), "at + INTERVAL '1' DAY"),
    (col("day") == lit(date(2022, 1, 31)), "day = DATE '2022-01-31'"),
    (col("at") > lit(datetime(2022, 1, 31, 10)), "at > TIMESTAMP '2022-01-31 10:00:00'"),
]


@pytest.mark.parametrize(("term", "text"), BUILT, ids=[text for _, text in BUILT])
def test_what_is_built_equals_its_text(term: Term, text: str) -> None:
    assert to_expr(term) == parse_expression(text)


def test_a_term_has_no_end_of_elements() -> None:
    with pytest.raises(TypeError, match="not iterable"):
        iter(col("list"))


def test_a_time_is_cut_to_the_millisecond_and_has_an_offset_or_none() -> None:
    moment = datetime(2022, 1, 31, 10, 0, 0, 123_999, timezone(timedelta(hours=1)))
    there = datetime(2022, 1, 31, 9, 0, 0, 123_000, UTC)
    assert resolve(to_expr(lit(moment)), COLUMNS) == Literal(there, Timestamp)
    assert typed("TIMESTAMP '2022-01-31 10:00:00.123999+01:00'") == Literal(there, Timestamp)
    assert typed("TIMESTAMP '2022-01-31'") == Literal(datetime(2022, 1, 31), Timestamp)
