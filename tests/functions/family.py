"""A family: columns, rows of them with NULLs and edge values, and expressions over them."""

from __future__ import annotations

import base64
import importlib
import json
import math
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlfeat as sf
from sqlfeat.types import DataType


@dataclass(frozen=True)
class Family:
    """Expressions that are computed from one table, in one view and so in one job.

    `rows` hold their values in the order of the columns. Every value of an expression must be one: what
    stops a run has a test of its own.
    """

    name: str
    columns: Mapping[str, DataType]
    rows: tuple[tuple[object, ...], ...]
    expressions: tuple[str, ...]
    timezone: str = "UTC"

    def given(self) -> list[dict[str, object]]:
        """Return the rows, each with its number."""
        return [
            {"row": number, **dict(zip(self.columns, row, strict=True))}
            for number, row in enumerate(self.rows)
        ]

    def view(self, folder: Path) -> sf.DerivedFeatureView:
        """Write the rows into a folder, and return the view that computes the expressions from them."""
        path = folder / f"{self.name}.json"
        path.write_text("".join(as_json(row) + "\n" for row in self.given()), encoding="utf-8")
        source = sf.FileSystemSource(
            self.name,
            path=str(path),
            data_format="json",
            schema={"row": sf.Int32, **self.columns},
        )
        features = [sf.Feature(f"x{n}", text) for n, text in enumerate(self.expressions)]
        return sf.DerivedFeatureView(f"{self.name}_view", source=source, features=["row", *features])


def as_json(row: Mapping[str, object]) -> str:
    """Return a row as one line of JSON, decimals with all of their digits."""
    pairs = (f"{json.dumps(name)}: {_json(value)}" for name, value in row.items())
    return "{" + ", ".join(pairs) + "}"


def _json(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: '"Infinity"', -math.inf: '"-Infinity"'}.get(value, '"NaN"')
    if isinstance(value, list):
        return "[" + ", ".join(_json(element) for element in value) + "]"
    if isinstance(value, dict):
        return as_json(value)
    if isinstance(value, bytes):
        value = base64.b64encode(value).decode()
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    elif isinstance(value, date):
        value = value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def families() -> Iterator[Family]:
    """Yield the families of every module beside this one."""
    package = Path(__file__).parent
    for module in pkgutil.iter_modules([str(package)]):
        yield from getattr(importlib.import_module(f"tests.functions.{module.name}"), "FAMILIES", ())
