"""In batch mode Flink does not sort again what is sorted for a list, or for first and last values: its
own plan says so.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from sqlfeat.dialects.flink_batch import FLINK_BATCH
from sqlfeat.render.statements import statements_of
from sqlfeat.run.table_environment import BatchFlinkEngine
from tests.definitions import derived, over, slide, sliding

VIEWS: dict[str, Any] = {
    "a list over a window": derived(sf.Feature("x", over("n", "COLLECT_LIST"))),
    "a list of all so far": derived(sf.Feature("x", over("n", "COLLECT_LIST", None))),
    "lists of two sizes": derived(
        sf.Feature("x", over("n", "COLLECT_LIST")), sf.Feature("y", over("n", "COLLECT_LIST", "1 hour"))
    ),
    "a list without keys": derived(sf.Feature("x", over("n", "COLLECT_LIST", keys=()))),
    "a last value by a tie-breaker": derived(sf.Feature("x", over("n", "LAST_VALUE", tie_breaker="at"))),
    "a list over a sliding window": sliding(sf.Feature("x", slide("n", "COLLECT_LIST"))),
    "a list of some rows": sliding(sf.Feature("x", slide("n", "COLLECT_LIST", where="n > 1"))),
    "a list of the latest of some rows": sliding(
        sf.Feature("x", slide("n", "COLLECT_LIST", limit=2, where="n > 1"))
    ),
    "a sliding list without keys": sliding(sf.Feature("x", slide("n", "COLLECT_LIST", keys=()))),
}


@pytest.mark.flink
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_what_is_in_order_is_not_sorted_again(view: Any, flink_batch: Any, tmp_path: Path) -> None:
    (tmp_path / "events.json").write_text("")
    made = sf.plan(view, root=str(tmp_path))
    said = BatchFlinkEngine(flink_batch).explain(statements_of(made, FLINK_BATCH), made)
    plan = said.partition("== Optimized Physical Plan ==")[2].partition("== Optimized Execution Plan ==")[
        0
    ]
    steps = re.findall(r"^[ |:+-]*(\w+)\((.*)\)$", plan, re.MULTILINE)
    reads = next(n for n, (_, what) in enumerate(steps) if "ARRAY_AGG" in what or "LAST_VALUE" in what)
    below = next(n for n, (name, _) in enumerate(steps) if n > reads and name != "Calc")
    assert steps[below][0] == "OverAggregate", plan
    assert "ROW_NUMBER" in steps[below][1], plan
