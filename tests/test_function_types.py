"""Functions of numbers and text: the types of what they give, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.nodes import type_of
from sqlfeat.expr.resolve import resolve
from sqlfeat.types import Boolean, Decimal, Float64, Int32, Int64, String, Unknown

from .test_expressions import COLUMNS, typed

TYPES: dict[str, Any] = {
    "SIGN(i)": Int32,
    "SIGN(m)": Int32,
    "SIGN(f)": Float64,
    "ROUND(i)": Int64,
    "ROUND(f, 1)": Float64,
    "ROUND(m, 1)": Decimal(10, 1),
    "ROUND(m, 2)": Decimal(10, 2),
    "ROUND(m, -9)": Decimal(10, 0),
    "FLOOR(i)": Int32,
    "CEILING(m)": Decimal(9, 0),
    "POW(i, 2)": Float64,
    "LN(m)": Float64,
    "GREATEST(i, b, 1)": Int64,
    "LEAST(s, NULL)": String,
    "CHAR_LENGTH(s)": Int32,
    "LENGTH(s)": Int32,
    "SUBSTR(s, i, b)": String,
    "TRIM(LEADING FROM s)": String,
    "POSITION('a' IN s)": Int32,
    "LOCATE('a', s)": Int32,
    "STARTSWITH(s, 'a')": Boolean,
    "CONCAT(s, i, day, t)": String,
    "CONCAT_WS('-', s, b, at)": String,
    "s LIKE 'a!%' ESCAPE '!'": Boolean,
    "s RLIKE 'a'": Boolean,
    "REGEXP_EXTRACT(s, 'a(b)', 1)": String,
    "REGEXP_REPLACE(s, 'a', s)": String,
    "SUBSTRING(broken, 1)": Unknown,
    "REPEAT(s, broken)": Unknown,
    "MD5(s)": String,
    "MOD(m, 3)": Decimal(10, 2),
    "IFNULL(i, b)": Int64,
}


@pytest.mark.parametrize(("text", "dtype"), TYPES.items(), ids=TYPES)
def test_types(text: str, dtype: object) -> None:
    once = typed(text)
    assert type_of(once) == dtype
    assert resolve(once, COLUMNS) == once


REFUSED: dict[str, str] = {
    "LENGHT(s)": "there is no function LENGHT. Did you mean CHAR_LENGTH?",
    "LOG(d)": "there is no function LOG. Use LN, LOG10 or LOG2.",
    "ROUND(d, i)": "ROUND takes its digits as a whole number that is written out. From -38 to 38",
    "ROUND(d, 39)": "ROUND takes its digits",
    "ROUND(s)": "ROUND does not take (STRING). It takes a number.",
    "LN(t)": "LN does not take (BOOLEAN). It takes a number.",
    "GREATEST(i, s)": "GREATEST does not take (INT, STRING). The values must be of one type",
    "LEAST(t, t)": "LEAST does not take (BOOLEAN, BOOLEAN). It takes numbers, texts, dates or",
    "GREATEST(i)": "GREATEST takes 2 or more arguments, not 1.",
    "INSTR(s, 'a')": "there is no function INSTR. Use POSITION(part IN text).",
    "s ILIKE 'a'": "is not part of the expression language",
    "SUBSTRING(s, d)": "SUBSTRING does not take (STRING, DOUBLE). It takes (STRING, INT, INT): CAST",
    "SUBSTRING(s)": "SUBSTRING takes 2 to 3 arguments, not 1.",
    "LEFT(i, 2)": "LEFT does not take (INT, INT). It takes (STRING, INT)",
    "CONCAT(s, raw)": "CONCAT does not take (STRING, BYTES). It takes STRING, and what CAST makes",
    "CONCAT_WS(i, s)": "Its first argument, what stands between the others, is a STRING.",
    "SPLIT_PART(s, s, 1)": "SPLIT_PART takes constants: a separator that is not empty",
    "SPLIT_PART(s, '', 1)": "SPLIT_PART takes constants",
    "SPLIT_PART(s, ',', 0)": "and a number that is not 0. Such as SPLIT_PART(path, '/', 2)",
    "s LIKE s ESCAPE '!'": "LIKE … ESCAPE takes a constant pattern and one constant character.",
    "s LIKE 'a' ESCAPE ''": "LIKE … ESCAPE takes a constant pattern",
    "s LIKE 'a!b' ESCAPE '!'": "'!' stands before something else. It stands before %, _ or itself.",
    "s LIKE 'a!' ESCAPE '!'": "stands before something else",
    "REGEXP_LIKE(s, s)": "REGEXP_LIKE takes its pattern as a constant text.",
    "REGEXP_LIKE(s, '')": "an empty pattern is in every text",
    "REGEXP_LIKE(s, 'a(')": "the pattern 'a(' cannot be read: missing ), unterminated subpattern",
    "REGEXP_LIKE(s, 'a**b{')": "cannot be read from '{' on. All engines read alike",
    "REGEXP_LIKE(s, '[a')": "cannot be read from '[a' on.",
    "REGEXP_LIKE(s, '[a[b]]')": "cannot be read",
    "REGEXP_LIKE(s, '[a&&b]')": "cannot be read",
    "REGEXP_LIKE(s, 'a{,2}')": "cannot be read from '{,2}' on",
    r"REGEXP_LIKE(s, '\p{L}')": "cannot be read",
    r"REGEXP_LIKE(s, 'a\Z')": "cannot be read",
    r"REGEXP_LIKE(s, '\Qa\E')": "cannot be read",
    "REGEXP_LIKE(s, '(?<name>a)')": "cannot be read",
    "REGEXP_LIKE(s, '(?m)a')": "cannot be read",
    "REGEXP_LIKE(s, 'a(?i)b')": "cannot be read",
    r"REGEXP_LIKE(s, '(a)\2')": "cannot be read: invalid group reference",
    "REGEXP_LIKE(i, 'a')": "REGEXP_LIKE does not take (INT, STRING). It takes STRING.",
    "REGEXP_REPLACE(s, '(a)', '$1')": "takes the text that it puts in as it is, and '$1'",
    "REGEXP_REPLACE(s, 'a*', '-')": "'a*' of REGEXP_REPLACE matches where there is nothing.",
    "REGEXP_EXTRACT(s, '(a)')": "has to say which: engines differ in the one they take. 0 is all that",
    "REGEXP_EXTRACT(s, '(a)', 2)": "as a constant. The pattern has groups 0 to 1.",
    "REGEXP_EXTRACT(s, '(a)', i)": "takes the number of a group as a constant.",
    "m % d": "% does not take (DECIMAL(10, 2), DOUBLE). It takes INT, BIGINT or DECIMAL.",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=REFUSED)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        typed(text)
    assert message in str(caught.value)
