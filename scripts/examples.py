"""What the demos have in common: the examples' rows, how they are shown, and how a demo ends."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scripts.programs import PROJECT_ROOT, SetupError
from sqlfeat.errors import SqlfeatError

Row = tuple[Any, ...]

ONLINE = PROJECT_ROOT / "examples" / "flink_sliding_feature_view"
TRAINING = PROJECT_ROOT / "examples" / "spark_derived_feature_view"

ONLINE_COLUMNS = ("user_id", "timestamp", "total_payment_last_two_minutes")
# What the topics give: the windows that are over when they fall silent.
ONLINE_ROWS: tuple[Row, ...] = (
    ("user_1", "2022-01-01 00:00:59", 100.0),
    ("user_1", "2022-01-01 00:01:59", 500.0),
    ("user_1", "2022-01-01 00:02:59", 1000.0),
    ("user_2", "2022-01-01 00:03:59", 300.0),
    ("user_1", "2022-01-01 00:03:59", 600.0),
)
# What files give besides: their end closes the windows that still hold a purchase.
LAST_WINDOWS: tuple[Row, ...] = (
    ("user_1", "2022-01-01 00:04:59", 600.0),
    ("user_2", "2022-01-01 00:04:59", 300.0),
    ("user_1", "2022-01-01 00:05:59", 600.0),
)

TRAINING_COLUMNS = (
    "user_id",
    "item_id",
    "item_count",
    "timestamp",
    "price",
    "total_payment_last_two_minutes",
)
TRAINING_ROWS: tuple[Row, ...] = (
    ("user_1", "item_1", 1, "2022-01-01 00:00:00", 100.0, 100.0),
    ("user_1", "item_2", 2, "2022-01-01 00:01:00", 200.0, 500.0),
    ("user_1", "item_1", 3, "2022-01-01 00:02:00", 200.0, 1100.0),
    ("user_2", "item_1", 1, "2022-01-01 00:03:00", 300.0, 300.0),
    ("user_1", "item_3", 2, "2022-01-01 00:04:00", 300.0, 1200.0),
)


class WrongRowsError(Exception):
    """A demo's rows are not those that its definition means."""


def events(folder: Path, name: str) -> list[dict[str, Any]]:
    """The events of one of an example's files."""
    lines = (folder / "data" / f"{name}.json").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def command(*arguments: str | Path) -> list[str | Path]:
    """The sqlfeat command of this Python environment, said as one types it."""
    typed = " ".join(str(argument) for argument in arguments)
    say(f"\n$ sqlfeat {typed.replace(f'{PROJECT_ROOT}/', '')}")
    return [sys.executable, "-m", "sqlfeat.cli", *arguments]


def say(text: str) -> None:
    print(text, flush=True)


def heading(text: str) -> None:
    say(f"\n=== {text} ===\n")


def show_sql(script: str) -> None:
    """A script, set apart from what is said about it."""
    say("\n".join(f"  | {line}".rstrip() for line in script.splitlines()) + "\n")


def show_rows(columns: Sequence[str], rows: Iterable[Row]) -> None:
    grid = Table(*columns)
    for row in rows:
        grid.add_row(*(Text(str(value)) for value in row))
    Console(width=120).print(grid)


def check(found: Iterable[Row], expected: Iterable[Row], where: str) -> None:
    """Compares rows, in whatever order. Raises WrongRowsError."""
    got, wanted = sorted(found, key=repr), sorted(expected, key=repr)
    if got != wanted:
        listed = [f"expected {row}" for row in wanted] + [f"got      {row}" for row in got]
        raise WrongRowsError(f"{where}: the rows are wrong\n  " + "\n  ".join(listed))


def run(demo: Callable[[], None]) -> int:
    """The exit status of a demo: 0, or 1 after one clear message."""
    started = time.monotonic()
    try:
        demo()
    except (SetupError, SqlfeatError, TimeoutError, WrongRowsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    say(f"\nAll rows are as expected, after {time.monotonic() - started:.0f} s.")
    return 0
