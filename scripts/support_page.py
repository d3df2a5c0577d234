"""Writes docs/support.md from the constructs and the dialects: python -m scripts.support_page"""

import re
from collections.abc import Iterable, Iterator

from scripts.programs import PROJECT_ROOT
from sqlfeat.dialects.registry import DIALECTS
from tests.support.construct import Construct
from tests.support.evidence import EVIDENCE, Evidence, evidence_of
from tests.support.matrix import MATRIX

PAGE = PROJECT_ROOT / "docs" / "support.md"

INTRODUCTION = """\
# What runs where

Each construct in each dialect: {dialects}.

This page is made from tables: each construct has a small definition, which is rendered to fill its row
(`python -m scripts.support_page`). The last column names a case of `tests/cases/`, a case of
`tests/conformance/cases/`, or a test, in which it runs on the engines.

What is refused is refused before anything runs. [Why it is refused](#why-it-is-refused) has the reason,
what sqlfeat says, and what the engine itself makes of the statement; a test runs that statement.
"""

WHY = """\
## Why it is refused
"""


def page() -> str:
    """Return the page."""
    parts = [INTRODUCTION.format(dialects=", ".join(f"`{one.name}` ({one.says})" for one in DIALECTS))]
    for subject, constructs in MATRIX.items():
        heads = (subject.lower(), *(dialect.name for dialect in DIALECTS), "shown by")
        parts += [f"## {subject}\n", _table(heads, map(_line, constructs))]
    return "\n".join([*parts, WHY, *map(_section, filter(_refuses, EVIDENCE))])


def _line(construct: Construct) -> tuple[str, ...]:
    cells = [_cell(construct, dialect.name) for dialect in DIALECTS]
    shown = _shown(construct.shown) if "yes" in cells else ""
    return (construct.says, *cells, shown)


def _cell(construct: Construct, dialect: str) -> str:
    refusal = construct.refusal(dialect)
    if refusal is None:
        return "yes"
    found = evidence_of(dialect, refusal)
    return f"[refused](#{_anchor(found[0].title)})" if found else "not yet"


def _shown(shown: str) -> str:
    return f"`{shown.removeprefix('tests/')}`"


def _refuses(evidence: Evidence) -> bool:
    return any(_refused_by(evidence))


def _section(evidence: Evidence) -> str:
    return "\n".join([f"### {evidence.title}\n", *_parts(evidence)])


def _parts(evidence: Evidence) -> Iterator[str]:
    refused = list(_refused_by(evidence))
    yield f"In {evidence.dialect or 'every dialect'}: {'; '.join(says for says, _ in refused)}.\n"
    yield f"sqlfeat says: “{refused[0][1]}”\n"
    if evidence.statements:
        yield f"```sql\n{evidence.statement}\n```\n"
        said = evidence.error.format(folder="…")
        yield f"The engine says: `{said}`\n" if said else f"The engine gives {_rows(evidence)}."
    if evidence.why:
        yield f"{evidence.why}\n"


def _refused_by(evidence: Evidence) -> Iterator[tuple[str, str]]:
    dialect = evidence.dialect or DIALECTS[0].name
    for subject, constructs in MATRIX.items():
        for construct in constructs:
            refusal = construct.refusal(dialect)
            if refusal is not None and evidence in evidence_of(dialect, refusal):
                yield f"{subject}, {construct.says}", f"{refusal.fault} {refusal.allowed}".strip()


def _rows(evidence: Evidence) -> str:
    shown = ", ".join(f"`{row}`" for row in evidence.rows or ())
    return f"the rows {shown}" if shown else "no rows"


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _table(heads: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    rows = [heads, ("---",) * len(heads), *lines]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
