"""Writes docs/functions.md from the table of functions: python -m scripts.functions_page"""

from collections.abc import Iterable, Iterator

from scripts.function_examples import EXAMPLES
from scripts.programs import PROJECT_ROOT
from sqlfeat.expr.aliases import ALIASES
from sqlfeat.expr.coercion import castable
from sqlfeat.expr.functions import NOT_DETERMINISTIC, SUBJECTS
from sqlfeat.expr.signatures import Function
from sqlfeat.types import SCALARS, DataType, Decimal

PAGE = PROJECT_ROOT / "docs" / "functions.md"

INTRODUCTION = """\
# Functions and operators

What an expression may call: {count} functions and operators, and casts. Each gives the same on Flink and
on Spark: tests run it there on columns with NULLs and edge values, against what
[semantics.md](semantics.md#expressions) says. A name that is not listed is refused, with the nearest one.
This page is made from the table: `python -m scripts.functions_page`.

Unless said, NULL comes out where an argument is NULL. Examples are in the zone UTC. `number` is INT,
BIGINT, FLOAT, DOUBLE or DECIMAL, `integer` INT or BIGINT, `value` of any type.
"""

CASTS = """\
## Casts

`CAST(value AS type)` fails where the value is none of the type, `TRY_CAST` gives NULL. `x::type` is a
CAST. [semantics.md](semantics.md#expressions) says what is read and shown.
"""

REFUSED = """\
## What is refused

These give another value at each run, and a feature must not. Use the event time instead.

{names}
"""


def page() -> str:
    """Return the page."""
    count = sum(map(len, SUBJECTS.values()))
    parts = [INTRODUCTION.format(count=count)]
    for subject, rows in SUBJECTS.items():
        heads = ("call", "gives", "meaning", "example")
        parts += [f"## {subject}\n", _table(heads, map(_entry, rows.values()))]
    parts += [CASTS, _table(("from", "to"), _casts())]
    parts.append(REFUSED.format(names=", ".join(sorted(NOT_DETERMINISTIC))))
    return "\n".join(parts)


def _entry(row: Function) -> tuple[str, str, str, str]:
    call, _, gives = row.form.partition(" → ")
    others = ", ".join(f"`{name}`" for name, meant in ALIASES.items() if meant == row.name)
    notes = [row.meaning, row.note, f"also {others}" if others else ""]
    expression, result = EXAMPLES.get(row.name, ("", ""))
    example = f"`{expression}` is `{result}`" if expression else ""
    return f"`{call}`", gives, "; ".join(note for note in notes if note), example


def _casts() -> Iterator[tuple[str, str]]:
    types: tuple[DataType, ...] = (*SCALARS.values(), Decimal(10, 2))
    targets: tuple[DataType, ...] = (*SCALARS.values(), Decimal(38, 10))
    for source in types:
        found = (_named(to) for to in targets if to != source and castable(source, to))
        yield _named(source), ", ".join(found) or "none"


def _named(dtype: DataType) -> str:
    return dtype.name


def _table(heads: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    rows = [heads, ("---",) * len(heads), *lines]
    return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
