"""docs/functions.md is what the table says, and its examples are what the oracle computes."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from scripts.function_examples import EXAMPLES
from scripts.functions_page import PAGE, page
from sqlfeat.expr.functions import FUNCTIONS
from sqlfeat.expr.nodes import Call, walk
from sqlfeat.expr.parsing import parse_expression
from tests.oracle.expressions import formula


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m scripts.functions_page"


def test_every_function_has_an_example() -> None:
    assert set(FUNCTIONS) - set(EXAMPLES) == {"."}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_right(name: str) -> None:
    text, result = EXAMPLES[name]
    calls = [node.function for node in walk(parse_expression(text)) if isinstance(node, Call)]
    assert name in calls
    assert shown(formula(text, {}, ZoneInfo("UTC")).value({})) == result


def shown(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{shown(key)}: {shown(one)}" for key, one in value.items()) + "}"
    if value is None or isinstance(value, bool):
        return "NULL" if value is None else str(value).upper()
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "milliseconds")
    return str(value) if isinstance(value, date) or not isinstance(value, str) else f"'{value}'"
