"""`python -m tests.fuzz.mutants`: plant faults one at a time, and show that the search finds each.

Only definitions whose SQL a fault changes are run: the others' rows are those without it. The engines
stay up from fault to fault.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.comparing import Expected
from tests.fuzz.faults import FAULTS, Fault
from tests.fuzz.model import Definition
from tests.fuzz.render_all import render_all
from tests.fuzz.rendering import Rendered, prefix_of, write_rows
from tests.fuzz.searching import Found, Prepared, batches_of, generated, run_batch
from tests.fuzz.workers import JOBS, Worker

ROOT = Path(__file__).parents[2]
PACKAGES = ("sqlfeat", "dialects", "templates", "tests/fuzz", "tests/oracle")
TOGETHER = 5
"""How many definitions a job has: the first that differs ends the search."""
Pairs = Sequence[tuple[Definition, Expected]]


@dataclass(frozen=True)
class Planted:
    """What came of a fault: of how many definitions it changed the SQL, and which showed it first."""

    fault: Fault
    changed: int
    found_at: int | None
    message: str

    def __str__(self) -> str:
        place = "NOT FOUND" if self.found_at is None else f"definition {self.found_at}"
        return f"{self.fault.dialect:6} {self.fault.says:56} {self.changed:4} changed   {place}"


def main() -> int:
    """Return 1 where a fault was not found."""
    options = _options()
    started = time.monotonic()
    pairs = list(generated(options.seed, range(options.definitions), Found()))
    with tempfile.TemporaryDirectory(prefix="sqlfeat-mutants-") as folder:
        workers = [Worker(dialect, Path(folder)) for dialect in options.dialects]
        try:
            with ThreadPoolExecutor(len(workers)) as threads:
                searches = [threads.submit(hunt, pairs, worker, options.faults) for worker in workers]
                planted = [one for search in searches for one in search.result()]
        finally:
            for worker in workers:
                worker.stop()
    missed = sum(one.found_at is None for one in planted)
    print("\n".join(map(str, planted)))
    print(f"{len(planted)} faults in {time.monotonic() - started:.0f} s, not found: {missed}")
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.mutants", description=__doc__)
    parser.add_argument("-n", "--definitions", type=int, default=200, help="how many at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", default="", help="only faults whose text holds these words")
    parser.add_argument("--dialects", nargs="*", choices=sorted(JOBS), default=sorted(JOBS))
    return parser.parse_args()


def hunt(pairs: Pairs, worker: Worker, words: str) -> list[Planted]:
    """Plant each fault of the worker's dialect whose text holds the words, and say how soon it shows."""
    for definition, _ in pairs:
        write_rows(definition, worker.folder, prefix_of(definition))
    right = render_all([definition for definition, _ in pairs], worker.dialect, worker.folder)
    planted: list[Planted] = []
    for fault in FAULTS:
        if fault.dialect == worker.dialect and words in fault.says:
            planted.append(_searched(fault, pairs, right, worker))
            print(planted[-1], planted[-1].message[:160], file=sys.stderr)
    return planted


def _searched(fault: Fault, pairs: Pairs, right: dict[str, Rendered], worker: Worker) -> Planted:
    wrong = _rendered_with(fault, [definition for definition, _ in pairs], worker.folder)
    changed = [
        Prepared(definition, wanted, wrong[definition.name])
        for definition, wanted in pairs
        if definition.name in wrong and wrong[definition.name] != right.get(definition.name)
    ]
    for start in range(0, len(changed), TOGETHER):
        for batch in batches_of(changed[start : start + TOGETHER]):
            for difference in run_batch(batch, worker):
                number = int(difference.definition.name[1:])
                return Planted(fault, len(changed), number, difference.messages[0])
    return Planted(fault, len(changed), None, "")


def _rendered_with(fault: Fault, definitions: list[Definition], folder: Path) -> dict[str, Rendered]:
    """Return what a copy of sqlfeat with the fault says, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="sqlfeat-fault-") as copy:
        for package in PACKAGES:
            shutil.copytree(ROOT / package, Path(copy) / package)
        (Path(copy) / "tests" / "__init__.py").touch()
        fault.plant(Path(copy))
        given, result = Path(copy) / "definitions", Path(copy) / "rendered"
        given.write_bytes(pickle.dumps(definitions))
        command = [sys.executable, "-m", "tests.fuzz.render_all"]
        arguments = [str(given), fault.dialect, str(folder), str(result)]
        subprocess.run([*command, *arguments], cwd=copy, env={"PYTHONPATH": copy}, check=True)
        found: dict[str, Rendered] = pickle.loads(result.read_bytes())
        return found


if __name__ == "__main__":
    sys.exit(main())
