"""Expressions: what text means, which type it has, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.builder import Term, call, col, lit, to_expr
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.expr.parsing import parse_expression
from sqlfeat.expr.resolve import resolve
from sqlfeat.plan.show import expression
from sqlfeat.types import (
    Array,
    Boolean,
    Bytes,
    Date,
    Decimal,
    Float32,
    Float64,
    Int32,
    Int64,
    Null,
    Schema,
    String,
    Timestamp,
    Unknown,
)

COLUMNS = Schema(
    (
        ("i", Int32),
        ("b", Int64),
        ("f", Float32),
        ("d", Float64),
        ("m", Decimal(10, 2)),
        ("s", String),
        ("t", Boolean),
        ("at", Timestamp),
        ("day", Date),
        ("raw", Bytes),
        ("list", Array(Int64)),
        ("broken", Unknown),
        ("price", Float64),
    )
)


def typed(text: str) -> Expr:
    return resolve(parse_expression(text), COLUMNS)


TREES: dict[str, str] = {
    "i + 1": "+(i, 1)",
    "1 + i * d - b": "-(+(1, *(i, d)), b)",
    "i - (d - b)": "-(i, -(d, b))",
    "-i * b": "*(NEGATE(i), b)",
    "-5": "-5",
    "- -5": "5",
    "NOT t AND i = 1 OR t": "OR(AND(NOT(t), =(i, 1)), t)",
    "NOT i = 1": "NOT(=(i, 1))",
    "i == 1": "=(i, 1)",
    "i != 1": "<>(i, 1)",
    "i <=> NULL": "IS NOT DISTINCT FROM(i, None)",
    "i IS DISTINCT FROM b": "IS DISTINCT FROM(i, b)",
    "i + 1 IS NOT NULL": "IS NOT NULL(+(i, 1))",
    "t IS NOT TRUE": "IS NOT TRUE(t)",
    "s LIKE 'a%'": "LIKE(s, 'a%')",
    "s NOT LIKE 'a%'": "NOT LIKE(s, 'a%')",
    "NOT s LIKE 'a%'": "NOT LIKE(s, 'a%')",
    "i NOT IN (1, 2)": "NOT IN(i, 1, 2)",
    "i BETWEEN 1 AND 2 AND t": "AND(BETWEEN(i, 1, 2), t)",
    "i NOT BETWEEN 1 AND 2": "NOT BETWEEN(i, 1, 2)",
    "CASE WHEN t THEN 1 END": "CASE(t, 1, None)",
    "CASE i WHEN 1 THEN 'a' ELSE 'b' END": "CASE(=(i, 1), 'a', 'b')",
    "IF(t, 1, 2)": "IF(t, 1, 2)",
    "i DIV 2 % 3": "%(DIV(i, 2), 3)",
    "s || 'x' || s": "||(||(s, 'x'), s)",
    "lower(s)": "LOWER(s)",
    "CAST(i AS decimal(12, 2))": "CAST(i AS DECIMAL(12, 2))",
    "TRY_CAST(s AS INT)": "TRY_CAST(s AS INT)",
    "s::BIGINT": "CAST(s AS BIGINT)",
    "`a``b` + `c d`": "+(a`b, c d)",
    "'it''s'": '"it\'s"',
    '"double"': "'double'",
    r"'a\nb'": r"'a\\nb'",
    "i -- a comment": "i",
    "i /* + 1 */ + 2": "+(i, 2)",
    "TRUE": "True",
    "1.5e3": "1500.0",
    ".5": "0.5",
}


@pytest.mark.parametrize(("text", "tree"), TREES.items(), ids=TREES)
def test_parsing(text: str, tree: str) -> None:
    assert expression(parse_expression(text)) == tree


TYPES: dict[str, Any] = {
    "i": Int32,
    "1": Int32,
    "2147483648": Int64,
    "-2147483648": Int32,
    "1.5": Float64,
    "'x'": String,
    "NULL": Null,
    "i + 1": Int64,
    "i + i": Int64,
    "-i": Int64,
    "i + d": Float64,
    "f + f": Float64,
    "f * i": Float64,
    "i / 2": Float64,
    "i DIV 2": Int64,
    "i % 2": Int64,
    "m + m": Decimal(11, 2),
    "m + 1": Decimal(13, 2),
    "m + 1.5": Decimal(11, 2),
    "m * m": Decimal(21, 4),
    "m / m": Decimal(23, 13),
    "m / 2": Float64,
    "m + d": Float64,
    "-m": Decimal(10, 2),
    "NULL + 1": Int64,
    "s || s": String,
    "CONCAT(s, 'a', s)": String,
    "i = d": Boolean,
    "i IN (1, 2.5)": Boolean,
    "i IS NULL": Boolean,
    "raw IS NULL": Boolean,
    "t AND NULL": Boolean,
    "at > at": Boolean,
    "day = day": Boolean,
    "CASE WHEN t THEN i ELSE d END": Float64,
    "CASE WHEN t THEN i END": Int32,
    "CASE WHEN t THEN NULL ELSE s END": String,
    "IF(t, i, b)": Int64,
    "COALESCE(i, b)": Int64,
    "COALESCE(m, i)": Decimal(12, 2),
    "COALESCE(NULL, s)": String,
    "NULLIF(i, 0)": Int32,
    "ABS(m)": Decimal(10, 2),
    "ABS(i)": Int32,
    "UPPER(s)": String,
    "CAST(i AS STRING)": String,
    "CAST(s AS DOUBLE)": Float64,
    "CAST(at AS STRING)": String,
    "CAST(NULL AS BIGINT)": Int64,
    "TRY_CAST(s AS INT)": Int32,
    "CAST(i AS NUMERIC)": Decimal(38, 0),
    "list": Array(Int64),
    "broken + 1": Unknown,
    "LOWER(broken)": Unknown,
    "broken = 1": Boolean,
    "CASE WHEN t THEN broken ELSE 1 END": Unknown,
}


@pytest.mark.parametrize(("text", "dtype"), TYPES.items(), ids=TYPES)
def test_typing(text: str, dtype: object) -> None:
    assert type_of(typed(text)) == dtype


@pytest.mark.parametrize("text", TYPES)
def test_a_resolved_expression_resolves_to_itself(text: str) -> None:
    once = typed(text)
    assert resolve(once, COLUMNS) == once


REFUSED: dict[str, str] = {
    "pirce": "there is no column 'pirce'. Did you mean 'price'?",
    "Price": "there is no column 'Price'. Did you mean 'price'?",
    "zzzzzz": "there is no column 'zzzzzz'. There are: i, b, f,",
    "LOWR(s)": "there is no function LOWR. Did you mean LOWER?",
    "XXXXXXXXX(s)": "there is no function XXXXXXXXX. The functions are: ABS, AND, ARRAY,",
    "RAND()": "RAND gives another value at each run.",
    "now()": "NOW gives another value at each run.",
    "CURRENT_TIMESTAMP": "CURRENT_TIMESTAMP gives another value at each run.",
    "uuid()": "use the event time",
    "SUM(i)": "SUM is an aggregate. Use an OverWindowTransform or a SlidingWindowTransform.",
    "1 + MAX(i)": "MAX is an aggregate",
    "COUNT(*)": "is an aggregate",
    "s * 2": "* does not take (STRING, INT). It takes numbers.",
    "t + 1": "+ does not take (BOOLEAN, INT).",
    "d % 2": "% does not take (DOUBLE, INT). It takes INT, BIGINT or DECIMAL.",
    "i = s": "= does not take (INT, STRING). Both sides must be numbers, or of one type: CAST one",
    "i = 1 = 1": "= does not take (BOOLEAN, INT).",
    "at > day": "> does not take (TIMESTAMP, DATE).",
    "t AND i": "AND does not take (BOOLEAN, INT). It takes conditions",
    "s || i": "|| does not take (STRING, INT). It takes STRING: CAST(… AS STRING).",
    "LEFT(s, 3000000000)": "LEFT does not take 3000000000.",
    "s LIKE i": "LIKE does not take (STRING, INT).",
    "COALESCE(i, s)": "COALESCE does not take (INT, STRING). The values must be of one type",
    "CASE WHEN i THEN 1 END": "CASE does not take (INT). It takes conditions",
    "CASE WHEN t THEN 1 ELSE s END": "CASE does not take (INT, STRING).",
    "LOWER(s, s)": "LOWER takes 1 argument, not 2.",
    "COALESCE()": "COALESCE takes 1 or more arguments, not 0.",
    "NULLIF(i)": "NULLIF takes 2 arguments, not 1.",
    "IF(t, 1)": "needs a condition and two values",
    "CAST(raw AS INT)": "CAST from BYTES to INT is not supported.",
    "CAST(i AS BOOLEAN)": "CAST from INT to BOOLEAN is not supported.",
    "CAST(i AS FOO)": "The type FOO in 'CAST(i AS FOO)' is not known. Known: BOOLEAN, INT,",
    "CAST(s AS VARCHAR(3))": "The type VARCHAR(3)",
    "CAST(i AS DECIMAL(40, 2))": "DECIMAL(40, 2) does not exist",
    "CAST(i AS DECIMAL(x))": "is not known",
    "9223372036854775808": "does not fit into a BIGINT",
    "CAST(m AS DECIMAL(38, 2)) * m": "needs 49 digits",
    "prices.price": "there is no column 'prices' that has fields. Did you mean 'price'?",
    "(SELECT 1)": "is not part of the expression language",
    "SELECT 1": "is not part of the expression language",
    "i IN (SELECT 1)": "needs a list of values",
    "EXISTS (SELECT 1)": "is not part of the expression language",
    "SUM(i) OVER ()": "is not part of the expression language",
    "i AS x": "is not part of the expression language",
    "DROP TABLE x": "is not part of the expression language",
    "*": "is not part of the expression language",
    "1; 2": "'1; 2' is not an expression. Write exactly one.",
    "1, 2": "is not an expression",
    "": "'' is not an expression. Write exactly one.",
    "i +": "is not an expression",
    "'open": "is not an expression",
    "(i": "is not an expression",
    "{{ x }}": "is not part of the expression language",
    "NOT " * 2_000 + "t": "nested too deeply",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=[text[:40] for text in REFUSED])
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        typed(text)
    assert message in str(caught.value)


BUILT: list[tuple[Term, str]] = [
    (col("i") + 1, "i + 1"),
    (1 - col("i") * 2.5, "1 - i * 2.5"),
    (2 / col("i") % col("b"), "2 / i % b"),
    (-(col("i") + 1), "-(i + 1)"),
    ((col("i") > 1) & ~(col("s") == "it's") | col("t"), "i > 1 AND NOT s = 'it''s' OR t"),
    (col("i").isin(1, 2), "i IN (1, 2)"),
    (col("i").between(1, 2), "i BETWEEN 1 AND 2"),
    (col("i").is_null(), "i IS NULL"),
    (col("i").is_not_null(), "i IS NOT NULL"),
    (col("i").cast(String), "CAST(i AS STRING)"),
    (call("coalesce", col("i"), 0), "COALESCE(i, 0)"),
    (call("IF", col("t"), None, lit("x")), "IF(t, NULL, 'x')"),
    (col("a`b c") != lit(True), "`a``b c` <> TRUE"),
    (10 + col("i") <= 3, "10 + i <= 3"),
]


@pytest.mark.parametrize(("term", "text"), BUILT, ids=[text for _, text in BUILT])
def test_what_is_built_equals_its_text(term: Term, text: str) -> None:
    assert to_expr(term) == parse_expression(text)


def test_a_term_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match=r"combine with & \| ~"):
        bool(col("a") == 1)


def test_what_is_no_constant_is_refused() -> None:
    with pytest.raises(ExpressionError, match="is no constant"):
        resolve(to_expr(lit([1])), COLUMNS)


def test_an_expression_that_is_too_deep_is_refused() -> None:
    term = col("i")
    for _ in range(5_000):
        term = term + 1
    with pytest.raises(ExpressionError, match="levels deep"):
        to_expr(term)
    with pytest.raises(ExpressionError, match="deep"):
        to_expr(" + ".join(["i"] * 5_000))


def test_a_literal_next_to_a_decimal_keeps_its_digits() -> None:
    found = typed("m + 0.1")
    assert isinstance(found, Call)
    inner = found.args[0]
    assert isinstance(inner, Call)
    assert [type(arg) for arg in inner.args] == [Column, Literal]
    assert expression(inner) == "+(m, Decimal('0.1'))"
