"""Some definitions that nobody thought of: each means one thing to the oracle and to every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fuzz.comparing import expected
from tests.fuzz.faults import FAULTS, Fault
from tests.fuzz.generation import random_definition
from tests.fuzz.model import Made, changed
from tests.fuzz.mutants import ROOT
from tests.fuzz.searching import Found, batches_of, generated, ready, run_batch
from tests.fuzz.workers import Worker

SEED = 20_260
DEFINITIONS = {"flink": 150, "flink_batch": 75, "spark": 150}
MOST_REFUSED = 0.05
MILLISECOND = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "dialect",
    [
        pytest.param("flink", marks=pytest.mark.flink),
        pytest.param("flink_batch", marks=pytest.mark.flink),
        pytest.param("spark", marks=pytest.mark.spark),
    ],
)
def test_engine_gives_the_rows_of_the_oracle(dialect: str, tmp_path: Path) -> None:
    found, worker = Found(), Worker(dialect, tmp_path)
    try:
        pairs = generated(SEED, range(DEFINITIONS[dialect]), found)
        differences = [
            f"{one.definition.name}: {one.messages[0]}"
            for batch in batches_of(ready(pairs, worker, found))
            for one in run_batch(batch, worker)
        ]
    finally:
        worker.stop()
    again = f"python -m tests.fuzz --seed {SEED} --dialects {dialect} --only NUMBER shows one as a case"
    assert not differences, "\n".join([*differences, again])
    assert not found.faults
    assert len(found.refused) <= MOST_REFUSED * DEFINITIONS[dialect], found.refusals


def test_a_seed_makes_the_same_definition_again() -> None:
    assert random_definition(SEED, 7) == random_definition(SEED, 7)
    assert random_definition(SEED, 7) != random_definition(SEED + 1, 7)


@pytest.mark.parametrize("by", [MILLISECOND, -MILLISECOND], ids=["longer", "shorter"])
@pytest.mark.parametrize("span", ["ttl", "window_size"])
def test_rows_lie_on_the_ends_of_spans_and_a_millisecond_beyond(span: str, by: timedelta) -> None:
    """By the oracle, some definition gives other rows when its spans are a millisecond off."""

    def moved(made: Made) -> Made:
        is_span = made.kind in ("JoinTransform", "OverWindowTransform") and made.fields.get(span)
        return made.with_fields(**{span: made.fields[span] + by}) if is_span else made

    for number in range(200):
        definition = random_definition(1, number)
        tables = tuple(changed(table, moved) for table in definition.tables)
        if tables == definition.tables or expected(definition).stops is not None:
            continue
        if expected(replace(definition, tables=tables)) != expected(definition):
            return
    pytest.fail("no row lies there")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.dialect}: {fault.says}")
def test_a_fault_can_be_planted(fault: Fault) -> None:
    for path, right, wrong in fault.changes:
        assert right in (ROOT / path).read_text("utf-8")
        assert right != wrong
