"""Running a definition from the command line: rows as a table, a job with its progress."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from sqlfeat.api import engine_class
from sqlfeat.dialects.registry import dialect_named
from sqlfeat.errors import EngineError
from sqlfeat.plan.tables import Plan
from sqlfeat.render.statements import Statement, statements_of
from sqlfeat.run.engine import Engine, Handle, Row
from sqlfeat.types import Schema

SHOWN_ROWS = 1_000


def run_and_show(made: Plan, dialect: str, address: str | None, jars: Sequence[str]) -> None:
    """Run a plan in a new session, and show what comes of it.

    Raises what `sqlfeat.run` does.
    """
    chosen = dialect_named(dialect)
    statements = statements_of(made, chosen)
    engine = engine_class(chosen)
    runner = engine(engine.connect(address, jars))
    try:
        if any(statement.writes for statement in statements):
            _write(runner, statements, made)
        else:
            table = runner.table(statements, made)
            columns = made.outputs[0].columns
            show_rows(runner.rows(table, columns, made), columns)
    finally:
        runner.close()


def show_rows(rows: list[Row], columns: Schema) -> None:
    """Print rows as a table, in the order of their values, and how many there are."""
    console = Console(width=None if Console().is_terminal else 200)
    grid = Grid(*columns.names)
    ordered = sorted(rows, key=lambda row: [(value is not None, str(value)) for value in row])
    for row in ordered[:SHOWN_ROWS]:
        grid.add_row(*(Text("NULL" if value is None else str(value)) for value in row))
    console.print(grid)
    more = f", the first {SHOWN_ROWS} shown" if len(rows) > SHOWN_ROWS else ""
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}{more}")


def _write(runner: Engine, statements: Sequence[Statement], made: Plan) -> None:
    console = Console(stderr=True)
    names = ", ".join(output.name for output in made.outputs)
    handle = runner.start(statements, made)
    started = time.monotonic()
    try:
        with console.status(f"{names}: starting") as line:
            _follow(handle, names, line, started)
    except KeyboardInterrupt:
        console.print(f"{names}: stopping")
        handle.cancel()
        console.print(f"{names}: stopped{_rows(handle)}")
        raise SystemExit(130) from None
    console.print(f"{names}: finished in {time.monotonic() - started:.1f} s{_rows(handle)}")


def _follow(handle: Handle, names: str, line: Any, started: float) -> None:
    while True:
        try:
            handle.wait(timeout=1.0)
        except TimeoutError:
            line.update(f"{names}: running for {time.monotonic() - started:.0f} s{_rows(handle)}")
        else:
            return


def _rows(handle: Handle) -> str:
    """Return how many rows were written, where the engine tells."""
    try:
        count = handle.status().rows
    except EngineError:
        count = None
    return "" if count is None else f", {count} row{'' if count == 1 else 's'} written"
