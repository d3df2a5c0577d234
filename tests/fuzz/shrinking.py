"""Making a definition that differs smaller, with few jobs: all that is one step smaller at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlfeat.errors import SqlfeatError
from tests.fuzz.comparing import expected
from tests.fuzz.model import Definition
from tests.fuzz.searching import Difference, Prepared, batches_of, prepared, run_batch
from tests.fuzz.smaller import size_of, smaller
from tests.fuzz.workers import Worker

MOST_JOBS = 60
TOGETHER = 40
"""How many definitions are tried in one job; where jobs fail, one by one."""


def shrunk(difference: Difference, worker: Worker) -> Difference:
    """Return a smaller definition that still differs on the engine."""
    jobs = 0
    best = difference
    while jobs < MOST_JOBS:
        for attempt in _attempts(best, worker):
            jobs += 1
            found = _smallest(
                [one for batch in batches_of(attempt) for one in run_batch(batch, worker)], best
            )
            if found is not None or jobs >= MOST_JOBS:
                break
        else:
            return _named(best, difference)
        if found is None:
            break
        best = found
    return _named(best, difference)


def _named(best: Difference, difference: Difference) -> Difference:
    return replace(best, definition=replace(best.definition, name=difference.definition.name))


def _smallest(found: Sequence[Difference], best: Difference) -> Difference | None:
    """Return the smallest of those that differ in the same manner, if it is smaller than the best."""
    alike = [one for one in found if one.is_failure == best.is_failure]
    least = min(alike, key=lambda one: size_of(one.definition), default=None)
    return least if least is not None and size_of(least.definition) < size_of(best.definition) else None


def _attempts(best: Difference, worker: Worker) -> Iterator[list[Prepared]]:
    """Yield what is tried in one job each."""
    together = 1 if best.is_failure else TOGETHER
    attempt: list[Prepared] = []
    for place, definition in enumerate(smaller(best.definition)):
        if size_of(definition) >= size_of(best.definition):
            continue
        item = _prepared(replace(definition, name=f"s{place}"), worker)
        if item is not None:
            attempt.append(item)
        if len(attempt) == together:
            yield attempt
            attempt = []
    if attempt:
        yield attempt


def _prepared(definition: Definition, worker: Worker) -> Prepared | None:
    """Return a definition ready to run; None for one that is wrong, refused, or stops by itself."""
    try:
        wanted = expected(definition)
        if wanted.stops is not None:
            return None
        return prepared(definition, wanted, worker.dialect, worker.folder)
    except (SqlfeatError, TypeError, KeyError, AssertionError):
        return None
