"""Expressions as SQL: the words of each dialect, and no more parentheses than are needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.registry import DIALECTS, dialect_named
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, rebuild
from sqlfeat.expr.parsing import parse_expression
from sqlfeat.expr.resolve import resolve
from sqlfeat.render.expressions import sql_of
from sqlfeat.types import Boolean, Date, Decimal, Float64, Int64, Schema, String, Unknown

COLUMNS = Schema(
    (
        ("a", Int64),
        ("b", Int64),
        ("d", Float64),
        ("m", Decimal(10, 2)),
        ("s", String),
        ("t", Boolean),
        ("day", Date),
        ("a`b", Int64),
    )
)

AS_WRITTEN = (
    "a + b * a - b",
    "(a + b) * a",
    "a - (b - a)",
    "a - b - a",
    "-a * b",
    "-(a + b)",
    "a * -b",
    "a - -1",
    "a = b AND (t OR s = 'x') AND NOT t",
    "t OR (t AND NOT t)",
    "t OR a = b OR (t AND a < b)",
    "NOT (t OR t)",
    "NOT a = b",
    "(a = b) = t",
    "a + 1 IS NOT NULL",
    "(a = b) IS NOT TRUE",
    "a IS NOT DISTINCT FROM b + 1",
    "a BETWEEN b AND b + 1 AND t",
    "a NOT IN (b, -1)",
    "s || 'x' LIKE 'a%'",
    "s NOT LIKE 'a%'",
    "CASE WHEN a > b THEN a WHEN t THEN b + 1 ELSE 0 END + a",
    "COALESCE(a, b, 0) * 2",
    "NULLIF(a + b, 0)",
    "LOWER(s || s)",
    "ABS(a - b)",
    "CAST(a AS STRING) || s",
    "`day` IS NULL",
    "`a``b` > 1",
)
"""What every dialect says word for word as it was written."""

DIFFERENT: dict[str, dict[str, str]] = {
    "s LIKE 'a.%_'": {"flink": r"REGEXP(s, '(?s)\Aa\..*.\z')", "spark": "s LIKE 'a.%_'"},
    "t AND s NOT LIKE '_'": {
        "flink": r"t AND NOT REGEXP(s, '(?s)\A.\z')",
        "spark": "t AND s NOT LIKE '_'",
    },
    "a / b": {
        "flink": "CASE WHEN b <> 0 THEN CAST(a AS DOUBLE) / CAST(b AS DOUBLE) END",
        "spark": "CAST(a AS DOUBLE) / NULLIF(CAST(b AS DOUBLE), 0)",
    },
    "a DIV b": {"flink": "CASE WHEN b <> 0 THEN a / b END", "spark": "a DIV NULLIF(b, 0)"},
    "a DIV 2": {"flink": "a / 2", "spark": "a DIV 2"},
    "a % b": dict.fromkeys(("flink", "spark"), "MOD(a, NULLIF(b, 0))"),
    "IF(t, a, b)": dict.fromkeys(("flink", "spark"), "CASE WHEN t THEN a ELSE b END"),
    "CASE WHEN t THEN a ELSE NULL END": dict.fromkeys(("flink", "spark"), "CASE WHEN t THEN a END"),
    "COALESCE(a, NULL)": dict.fromkeys(("flink", "spark"), "COALESCE(a, CAST(NULL AS BIGINT))"),
    "a = 1.5": dict.fromkeys(("flink", "spark"), "a = 1.5E0"),
    "m + 0.10": dict.fromkeys(("flink", "spark"), "CAST(m + 0.1 AS DECIMAL(11, 2))"),
    "CAST(t AS STRING)": {"flink": "LOWER(CAST(t AS STRING))", "spark": "CAST(t AS STRING)"},
    r"s = 'it''s \n'": {"flink": r"s = 'it''s \n'", "spark": r"s = 'it\'s \\n'"},
    "s = '${env:HOME}'": {"flink": "s = '${env:HOME}'", "spark": r"s = '\u0024{env:HOME}'"},
}


def sql(text: str, dialect: Dialect) -> str:
    return sql_of(resolve(parse_expression(text), COLUMNS), dialect)


@pytest.mark.parametrize("text", AS_WRITTEN)
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_what_is_said_as_it_was_written(text: str, dialect: Dialect) -> None:
    assert sql(text, dialect) == text


@pytest.mark.parametrize("text", DIFFERENT)
def test_what_is_said_in_other_words(text: str) -> None:
    for name, said in DIFFERENT[text].items():
        assert sql(text, dialect_named(name)) == said


@pytest.mark.parametrize("text", ["((a))", "(a) + (b)", "((a + b)) + a", "(t) AND ((t))", "-(-(a) * b)"])
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_parentheses_that_say_nothing_go(text: str, dialect: Dialect) -> None:
    assert sql(text, dialect).count("(") < text.count("(")


NUMBERS = st.one_of(
    st.sampled_from([Column("a", Int64), Column("b", Int64), Column("a`b", Int64), Column("c d", Int64)]),
    st.integers(-(2**63), 2**63 - 1).map(lambda n: Literal(n, Int64)),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda x: Literal(abs(x), Float64)),
)
TEXTS = st.one_of(
    st.just(Column("s", String)),
    st.text('abc %_;-.{}"`é🎉', max_size=5).map(lambda text: Literal(text, String)),
)
CONDITIONS = st.sampled_from([Column("t", Boolean), Literal(True, Boolean), Literal(False, Boolean)])


PATTERNS = st.sampled_from(["a%", "%b", "c"]).map(Literal)
"""Literals: a pattern that is computed has its backslashes kept from the engine that minds them."""


def calls(names: list[str], *args: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.builds(lambda name, *given: Call(name, given), st.sampled_from(names), *args)


def larger(smaller: st.SearchStrategy[tuple[Expr, Expr, Expr]]) -> st.SearchStrategy[tuple[Expr, ...]]:
    """Return triples of a number, a text and a condition over such triples."""
    number, text, condition = (smaller.map(lambda three, n=n: three[n]) for n in range(3))
    not_literal = number.filter(lambda expr: not isinstance(expr, Literal))
    numbers = st.one_of(
        number,
        calls(["+", "-", "*"], number, number),
        calls(["NEGATE"], not_literal),
        calls(["COALESCE", "NULLIF"], number, number),
        calls(["CASE"], condition, number, number),
        calls(["CASE"], condition, number, condition, number, number),
        calls(["ABS"], number),
    )
    texts = st.one_of(text, calls(["||"], text, text), calls(["LOWER"], text))
    conditions = st.one_of(
        calls(["AND", "OR"], condition, condition),
        calls(["NOT"], condition.filter(lambda expr: not _has_opposite(expr))),
        calls(["=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM"], number, number),
        calls(["=", "IS NOT DISTINCT FROM"], condition, condition),
        calls(["LIKE", "NOT LIKE"], text, PATTERNS),
        calls(["IN", "NOT IN"], number, number, number),
        calls(["BETWEEN", "NOT BETWEEN"], number, number, number),
        calls(["IS NULL", "IS NOT NULL"], number),
        calls(["IS TRUE", "IS NOT FALSE", "IS NULL"], condition),
    )
    return st.tuples(numbers, texts, conditions)


def _has_opposite(expr: Expr) -> bool:
    """Whether NOT before it is read as another operator: NOT a IN (1) is a NOT IN (1)."""
    return isinstance(expr, Call) and expr.function.startswith(("IS ", "IN", "BETWEEN", "LIKE"))


TREES = st.recursive(st.tuples(NUMBERS, TEXTS, CONDITIONS), larger, max_leaves=6)


def without_types(expr: Expr) -> Expr:
    return rebuild(expr, lambda node: replace(node, type=Unknown))  # type: ignore[call-arg]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@given(trees=TREES)
@settings(max_examples=250, derandomize=True, deadline=None)
def test_what_is_printed_reads_as_the_same_tree(dialect: Dialect, trees: tuple[Expr, ...]) -> None:
    for tree in trees:
        assert parse_expression(sql_of(tree, dialect)) == without_types(tree)
