"""The cases: FeatHub's file of each, and what the contract says where it differs."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"
CONTRACT = ".contract.json"


@dataclass(frozen=True)
class Case:
    """One program of FeatHub's. `given` is its file. `contract` has, by what differs, what `is` so
    instead of it, the `line` of the contract that says so, and `why`.
    """

    name: str
    given: dict[str, Any]
    contract: dict[str, dict[str, Any]]

    def instead(self, what: str, otherwise: Any) -> Any:
        return self.contract[what]["is"] if what in self.contract else otherwise

    @property
    def timezone(self) -> str:
        return self.given.get("timezone", "UTC")

    @property
    def is_refused(self) -> bool:
        return "expected_error" in self.given

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """The program's tables, in the order in which they need each other."""
        tables = deepcopy(self.given.get("tables", {}))
        for table in tables.values():
            for feature in table.get("features", ()):
                if isinstance(feature, dict):
                    feature["dtype"] = self.declared.get(feature["name"], feature["dtype"])
        return tables

    @property
    def asked(self) -> dict[str, Any]:
        """Which rows of the table are asked for: their `keys`, `start` and `end`, where it says so."""
        asked = {"start": self.given.get("start_datetime"), "end": self.given.get("end_datetime")}
        if "keys_filter" in self.given:
            columns = self.given["keys_filter"]["columns"]
            rows = self.given["keys_filter"]["rows"]
            asked["keys"] = [dict(zip(columns, row, strict=True)) for row in rows]
        return {name: value for name, value in asked.items() if value is not None}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that must come out, by column."""
        names = self.given["expected"]["columns"]
        rows = self.instead("rows", self.given["expected"]["rows"])
        return [dict(zip(names, row, strict=True)) for row in rows]

    @property
    def columns(self) -> list[str]:
        """The columns that must come out, in their order."""
        return self.instead("columns", [name for name, _ in self.given["output_schema"]])

    @property
    def types(self) -> dict[str, str]:
        """The types that must come out, by column, in FeatHub's words."""
        given = dict(self.given["output_schema"])
        return {**given, **self.declared, **self.instead("types", {})}

    @property
    def declared(self) -> dict[str, str]:
        """The features that have to be declared with another type than in FeatHub's program."""
        return self.instead("declared", {})


def load(name: str) -> Case:
    contract = FOLDER / (name + CONTRACT)
    return Case(
        name,
        json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")),
        json.loads(contract.read_text(encoding="utf-8")) if contract.exists() else {},
    )


def names() -> list[str]:
    return sorted(
        path.name.removesuffix(".json") for path in FOLDER.glob("*.json") if CONTRACT not in path.name
    )
