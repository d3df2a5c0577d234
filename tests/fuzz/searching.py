"""The search: definitions are made, rendered, run many at a time, and compared with the oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlfeat.errors import UnsupportedError
from tests.fuzz.comparing import Expected, compared, expected
from tests.fuzz.counting import constructs_of
from tests.fuzz.generation import FaultyError, random_definition
from tests.fuzz.model import Definition
from tests.fuzz.rendering import Rendered, prefix_of, rendered, write_rows
from tests.fuzz.workers import JobFailedError, Worker

BATCH = 40
WITH_PYTHON = 10
"""How many definitions that call Python functions a job has: their workers take seconds for each."""


@dataclass(frozen=True)
class Prepared:
    """A definition that is ready to run."""

    definition: Definition
    expected: Expected
    rendered: Rendered


@dataclass(frozen=True)
class Difference:
    """A definition whose rows on an engine are not the contract's, or that the engine fails at."""

    definition: Definition
    dialect: str
    messages: tuple[str, ...]

    @property
    def is_failure(self) -> bool:
        return self.messages[0].startswith(FAILED)


FAILED = "the engine failed: "


@dataclass
class Found:
    """What a search came to."""

    constructs: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)


def generated(seed: int, numbers: Iterable[int], found: Found) -> Iterator[tuple[Definition, Expected]]:
    """Yield definitions and the rows that they mean, and count what they are made of."""
    for number in numbers:
        found.outcomes["generated"] += 1
        try:
            definition = random_definition(seed, number)
        except FaultyError as error:
            found.faults.append(f"d{number}: {error}")
            continue
        wanted = expected(definition)
        if wanted.stops is not None:
            found.outcomes["stopped by the contract"] += 1
            continue
        found.constructs.update(constructs_of(definition))
        yield definition, wanted


def prepared(definition: Definition, wanted: Expected, dialect: str, folder: Path) -> Prepared:
    """Return a definition with its files and statements. Raises UnsupportedError."""
    said = rendered(definition, dialect, folder)
    write_rows(definition, folder, prefix_of(definition))
    return Prepared(definition, wanted, said)


def batches_of(items: Iterable[Prepared], size: int = BATCH) -> Iterator[list[Prepared]]:
    """Yield batches of definitions that need the same settings; those that call Python functions, whose
    workers take their time, among themselves.
    """
    waiting: dict[object, list[Prepared]] = {}
    for item in items:
        kind = (item.rendered.settings, bool(item.rendered.functions))
        batch = waiting.setdefault(kind, [])
        batch.append(item)
        if len(batch) == (min(size, WITH_PYTHON) if item.rendered.functions else size):
            yield waiting.pop(kind)
    yield from waiting.values()


def run_batch(batch: Sequence[Prepared], worker: Worker) -> Iterator[Difference]:
    """Yield the differences of a batch; one that fails as a whole is cut in halves."""
    try:
        lines = worker.run([item.rendered for item in batch])
    except JobFailedError as error:
        if len(batch) > 1:
            middle = len(batch) // 2
            yield from run_batch(batch[:middle], worker)
            yield from run_batch(batch[middle:], worker)
            return
        yield Difference(batch[0].definition, worker.dialect, (FAILED + str(error),))
        return
    for item in batch:
        found = lines[item.definition.name]
        if isinstance(found, str):
            messages = [FAILED + found]
        else:
            messages = compared(item.expected, found, item.rendered.columns)
        if messages:
            yield Difference(item.definition, worker.dialect, tuple(messages))


def ready(
    pairs: Iterable[tuple[Definition, Expected]], worker: Worker, found: Found
) -> Iterator[Prepared]:
    """Yield what a dialect does not refuse."""
    for definition, wanted in pairs:
        try:
            yield prepared(definition, wanted, worker.dialect, worker.folder)
        except UnsupportedError as error:
            found.outcomes[f"refused by {worker.dialect}"] += 1
            found.refusals[_reason(error)] += 1
            found.refused.add(definition.name)


def _reason(error: UnsupportedError) -> str:
    return str(error.problems[0].fault if hasattr(error, "problems") else error)
