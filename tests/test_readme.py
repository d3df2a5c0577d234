"""What README.md shows is what comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import sqlfeat

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
LEFT_OUT = "…"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("number", "dialect"), [(0, "flink"), (1, "spark")])
def test_the_sql_is_that_of_the_definition(number: int, dialect: str) -> None:
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    rest = sqlfeat.render(names["training_set"], dialect)
    parts = re.split(rf"^{LEFT_OUT}\n", blocks("sql")[number], flags=re.MULTILINE)
    for shown in filter(None, parts):
        _, found, rest = rest.partition(shown)
        assert found == shown, f"README.md shows what is not in the {dialect} script:\n{shown}"
