"""The cases: one story in one folder."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.registry import DIALECTS
from sqlfeat.settings import Settings
from sqlfeat.types import Schema
from tests.oracle import read_rows

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A definition, its rows, what comes out, and what it is rendered as."""

    folder: Path
    module: ModuleType

    @property
    def target(self) -> Any:
        return self.module.target

    @property
    def timezone(self) -> str:
        return getattr(self.module, "timezone", "UTC")

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """The dialects that the case is rendered for: its module's `dialects`, or all of them."""
        names = getattr(self.module, "dialects", [dialect.name for dialect in DIALECTS])
        return tuple(dialect for dialect in DIALECTS if dialect.name in names)

    @property
    def asked(self) -> dict[str, Any]:
        """What the case asks of its target: `keys`, `start` and `end`, where its module has them."""
        return {
            name: getattr(self.module, name)
            for name in ("keys", "start", "end")
            if hasattr(self.module, name)
        }

    @property
    def settings(self) -> Settings:
        """The settings for a run: paths start from the case's folder."""
        return Settings(self.timezone, str(self.folder))

    def expected(self, columns: Schema) -> list[tuple[Any, ...]]:
        rows = read_rows(self.folder / "expected.jsonl", dict(columns))
        return [tuple(row.values()) for row in rows]


def load(name: str) -> Case:
    folder = FOLDER / name
    spec = importlib.util.spec_from_file_location(f"case_{name}", folder / "definition.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Case(folder, module)


def names() -> list[str]:
    return sorted(path.parent.name for path in FOLDER.glob("*/definition.py"))


def names_for(dialect: str) -> list[str]:
    """Return the cases that are rendered for a dialect."""
    return [name for name in names() if any(one.name == dialect for one in load(name).dialects)]
