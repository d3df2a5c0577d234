"""Writes docs/conformance.md from the cases: python -m scripts.conformance_page"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.programs import PROJECT_ROOT

CASES = PROJECT_ROOT / "tests" / "conformance" / "cases"
PAGE = PROJECT_ROOT / "docs" / "conformance.md"
CONTRACT = ".contract.json"

INTRODUCTION = """\
# Conformance with FeatHub

sqlfeat has the vocabulary of FeatHub. `tests/conformance/cases/` holds {all} programs with their rows and
what FeatHub 0.1.0 makes of them; each is built with sqlfeat and run on the oracle, on Flink and on Spark.
{same} give FeatHub's rows, columns and types. {different} differ on purpose, and {refused} are refused,
as FeatHub refuses them. This page is made from the cases: `python -m scripts.conformance_page`.

Where a program leaves `max_out_of_orderness` at FeatHub's default, 0, sqlfeat's says nothing either: the
rows of a file may then come in any order.
"""

TITLES = {
    "rows": "Other rows",
    "columns": "Another order of columns",
    "types": "Other types",
    "declared": "Other declarations",
}


@dataclass(frozen=True)
class Case:
    """A case's two files."""

    name: str
    given: dict[str, Any]
    contract: dict[str, Any]

    @property
    def is_refused(self) -> bool:
        return "expected_error" in self.given


def read() -> list[Case]:
    """Return all cases, by name."""
    return [
        Case(path.stem, _json(path), _json(path.with_name(path.stem + CONTRACT)))
        for path in sorted(CASES.glob("*.json"))
        if not path.name.endswith(CONTRACT)
    ]


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def page(cases: list[Case]) -> str:
    """Return the page."""
    refused = [case for case in cases if case.is_refused]
    different = [case for case in cases if case.contract and not case.is_refused]
    same = len(cases) - len(refused) - len(different)
    counts = {"all": len(cases), "same": same, "different": len(different), "refused": len(refused)}
    parts = [INTRODUCTION.format(**counts)]
    for kind, title in TITLES.items():
        parts += [f"## {title}\n", *_of_kind(kind, different)]
    parts += ["## Refused\n", _table(("case", "sqlfeat says", "why"), map(_refusal, refused))]
    parts += ["## All cases\n", _table(("case", "differs in"), map(_entry, cases))]
    return "\n".join(parts)


def _of_kind(kind: str, cases: list[Case]) -> Iterator[str]:
    for case in cases:
        if kind in case.contract:
            difference = case.contract[kind]
            yield f"### {case.name}\n"
            yield f"{difference['why']} The contract: “{difference['line']}”\n"
            yield SHOWN[kind](case, difference["is"])


def _rows(case: Case, ours: list[Any]) -> str:
    names = case.given["expected"]["columns"]
    theirs = case.given["expected"]["rows"]
    lines = [("both", row) for row in theirs if row in ours]
    lines += [("FeatHub", row) for row in theirs if row not in ours]
    lines += [("sqlfeat", row) for row in ours if row not in theirs]
    cells = ((who, *(json.dumps(value, ensure_ascii=False) for value in row)) for who, row in lines)
    return _table(("", *names), cells)


def _columns(case: Case, ours: list[str]) -> str:
    theirs = [name for name, _ in case.given["output_schema"]]
    return _table(("FeatHub", "sqlfeat"), [(", ".join(theirs), ", ".join(ours))])


def _types(case: Case, ours: dict[str, str]) -> str:
    theirs = dict(case.given["output_schema"])
    lines = ((name, theirs[name], dtype) for name, dtype in ours.items())
    return _table(("column", "FeatHub", "sqlfeat"), lines)


SHOWN: dict[str, Callable[[Case, Any], str]] = {
    "rows": _rows,
    "columns": _columns,
    "types": _types,
    "declared": _types,
}


def _refusal(case: Case) -> tuple[str, str, str]:
    refused = case.contract.get("refused", {"is": {"says": ""}, "why": ""})
    return case.name, refused["is"]["says"], refused["why"]


def _entry(case: Case) -> tuple[str, str]:
    return case.name, "refused" if case.is_refused else ", ".join(case.contract)


def _table(heads: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    rows = [heads, ("---",) * len(heads), *lines]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(page(read()), encoding="utf-8")
