"""Renders definitions with the sqlfeat beside it, which may have a fault, for a process that has none."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable
from pathlib import Path

from sqlfeat.errors import SqlfeatError
from tests.fuzz.model import Definition
from tests.fuzz.rendering import Rendered, rendered


def render_all(definitions: Iterable[Definition], dialect: str, folder: Path) -> dict[str, Rendered]:
    """Return the statements of each definition that is not refused, by its name."""
    found: dict[str, Rendered] = {}
    for definition in definitions:
        try:
            found[definition.name] = rendered(definition, dialect, folder)
        except SqlfeatError:
            continue
    return found


def main(definitions: str, dialect: str, folder: str, result: str) -> None:
    """Read pickled definitions, and write their statements as a pickle."""
    given = pickle.loads(Path(definitions).read_bytes())
    Path(result).write_bytes(pickle.dumps(render_all(given, dialect, Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
