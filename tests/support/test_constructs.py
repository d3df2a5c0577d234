"""Each construct of the matrix: where it is rendered a case or a test shows it, and where it is refused
there is a reason and, from the engine itself, evidence.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sqlfeat as sf
from sqlfeat.dialects.registry import DIALECTS
from tests import case as cases
from tests.conformance import case as conformance
from tests.conformance.tables import target_of
from tests.support.construct import Construct
from tests.support.evidence import EVIDENCE, evidence_of
from tests.support.matrix import constructs

PROJECT = Path(__file__).parents[2]
CONSTRUCTS = {f"{subject}: {one.says}": one for subject, one in constructs()}
NAMES = [dialect.name for dialect in DIALECTS]


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def render_shown(shown: str, dialect: str) -> None:
    """Render the case; a test only has to be there."""
    path, _, test = shown.partition("::")
    if test:
        assert test.partition("[")[0] in functions_of(PROJECT / path)
    elif path.startswith("conformance/"):
        case = conformance.load(path.removeprefix("conformance/"))
        sf.render(target_of(case), dialect, timezone=case.timezone, **case.asked)
    else:
        told = cases.load(path)
        sf.render(told.target, dialect, timezone=told.timezone, **told.asked)


@pytest.mark.parametrize("construct", CONSTRUCTS.values(), ids=CONSTRUCTS)
@pytest.mark.parametrize("dialect", NAMES)
def test_each_is_shown_or_refused_with_evidence(construct: Construct, dialect: str) -> None:
    refusal = construct.refusal(dialect)
    if refusal is None:
        render_shown(construct.shown, dialect)
        return
    assert refusal.allowed or refusal.fault.endswith(" yet."), refusal
    if not refusal.fault.endswith(" yet."):
        assert len(evidence_of(dialect, refusal)) == 1, refusal


@pytest.mark.parametrize("evidence", EVIDENCE, ids=[one.title for one in EVIDENCE])
def test_no_evidence_of_what_is_refused_no_more(evidence: object) -> None:
    refusals = [(dialect, one.refusal(dialect)) for one in CONSTRUCTS.values() for dialect in NAMES]
    found = [evidence_of(dialect, refusal) for dialect, refusal in refusals if refusal is not None]
    assert any(evidence in one for one in found)


def test_the_names_are_different() -> None:
    assert len(CONSTRUCTS) == len(constructs())
    assert len({one.title for one in EVIDENCE}) == len(EVIDENCE)
