"""The same definition gives the same bytes, and a change to a feature changes that feature's lines."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sqlfeat as sf
from sqlfeat.dialects.registry import DIALECTS
from tests import case as cases

PROJECT = Path(__file__).parent.parent
PROGRAM = """
import sys
from sqlfeat.cli import main
main(["render", sys.argv[1], "--dialect", sys.argv[2]])
"""


@pytest.mark.parametrize("dialect", [dialect.name for dialect in DIALECTS])
@pytest.mark.parametrize("name", ["seed_user_online_features", "over_several_sizes_and_keys"])
def test_two_processes_in_two_folders_give_the_same_bytes(
    name: str, dialect: str, tmp_path: Path
) -> None:
    address = f"{cases.FOLDER / name / 'definition.py'}:target"
    texts = set()
    for seed, folder in (("1", PROJECT), ("2", tmp_path)):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)}
        result = subprocess.run(
            [sys.executable, "-c", PROGRAM, address, dialect],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=True,
        )
        texts.add(result.stdout)
    assert len(texts) == 1
    assert str(PROJECT) not in texts.pop().decode()


def view(window: str, expr: str = "amount * 2") -> sf.DerivedFeatureView:
    events = sf.FileSystemSource(
        "events",
        path="events.jsonl",
        schema={"user": sf.String, "shop": sf.String, "amount": sf.Int64, "time": sf.String},
        timestamp_field="time",
        timestamp_format="%Y-%m-%d %H:%M:%S",
    )
    return sf.DerivedFeatureView(
        "features",
        source=events,
        features=[
            sf.Feature("doubled", expr),
            sf.Feature("by_user", sf.OverWindowTransform("amount", "SUM", window, ["user"])),
            sf.Feature("by_shop", sf.OverWindowTransform("amount", "MAX", "1 day", ["shop"])),
        ],
        keep_source_fields=True,
    )


def changed_lines(before: sf.DerivedFeatureView, after: sf.DerivedFeatureView, dialect: str) -> list[str]:
    texts = [sf.render(one, dialect).splitlines() for one in (before, after)]
    lines = difflib.unified_diff(*texts, n=0, lineterm="")
    return [line[1:] for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize("dialect", [dialect.name for dialect in DIALECTS])
def test_another_expression_changes_one_line(dialect: str) -> None:
    lines = changed_lines(view("1 hour"), view("1 hour", "amount * 3"), dialect)
    assert [line.strip() for line in lines] == ["amount * 2 AS doubled", "amount * 3 AS doubled"]


@pytest.mark.parametrize("dialect", [dialect.name for dialect in DIALECTS])
def test_another_window_changes_only_lines_that_name_it(dialect: str) -> None:
    for line in changed_lines(view("1 hour"), view("2 hours"), dialect):
        assert "by_user" in line
        assert "by_shop" not in line or "last_" in line
