"""The examples in docstrings do what they show."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted([*ROOT.glob("sqlfeat/**/*.py"), *ROOT.glob("dialects/**/*.py")])


def module_of(path: Path) -> ModuleType:
    parts = path.relative_to(ROOT).with_suffix("").parts
    names = parts if parts[0] == "sqlfeat" else ("sqlfeat", *parts)
    return import_module(".".join(name for name in names if name != "__init__"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples(path: Path) -> None:
    results = doctest.testmod(module_of(path), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    tests = [test for path in FILES for test in finder.find(module_of(path))]
    assert sum(bool(test.examples) for test in tests) >= 25
