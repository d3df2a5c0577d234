"""What each rule leaves as it was, on every case and in every dialect's order of rules."""

from __future__ import annotations

import pytest

import sqlfeat
from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.registry import DIALECTS
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of
from sqlfeat.types import Instant
from tests import case as cases
from tests.rewrites.plans import schemas


@pytest.mark.parametrize("name", cases.names())
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_what_a_reader_sees_stays(name: str, dialect: Dialect) -> None:
    case = cases.load(name)
    made = sqlfeat.plan(case.target, timezone=case.timezone)
    for rule in dialect.rewrites:
        after = rule(made)
        assert (after.outputs, after.timezone) == (made.outputs, made.timezone), rule.__name__
        seen = schemas(after)
        assert {**seen, **schemas(made)} == seen, f"{rule.__name__} changes the columns of a view"
        hold_together(after, rule.__name__)
        made = after
    for view in made.views:
        names = [node.step.name for node in set(nodes_of(view.node)) if hasattr(node, "step")]
        assert sorted(set(names)) == sorted(names), f"{view.name} has two steps of one name"


def hold_together(plan: Plan, rule: str) -> None:
    """Check that each name reads a table that comes before, and its columns."""
    known = {}
    for source in plan.sources:
        time = () if source.time is None else ((source.time.column, Instant),)
        known[source.name] = {*source.columns, *time}
    for view in plan.views:
        for node in nodes_of(view.node):
            if isinstance(node, Ref):
                assert node.name in known, f"{rule}: {view.name} reads {node.name}, which is not there"
                assert set(node.columns) <= known[node.name], f"{rule}: columns of {node.name}"
        assert view.name not in known, f"{rule}: two tables {view.name}"
        known[view.name] = set(view.node.schema)
