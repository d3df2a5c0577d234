"""`python -m tests.fuzz`: search, print what differs as folders of cases, and count."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.case_folder import printed, write_case
from tests.fuzz.comparing import Expected
from tests.fuzz.model import Definition
from tests.fuzz.report import report
from tests.fuzz.searching import Difference, Found, batches_of, generated, ready, run_batch
from tests.fuzz.shrinking import shrunk
from tests.fuzz.workers import JOBS, Worker

MOST_SHRUNK = 5


def main() -> int:
    """Return 1 where a difference was found."""
    options = _options()
    started = time.monotonic()
    found = Found()
    numbers = options.only or range(options.definitions)
    pairs = list(generated(options.seed, numbers, found))
    with tempfile.TemporaryDirectory(prefix="sqlfeat-fuzz-") as folder:
        workers = [Worker(dialect, _folder(Path(folder) / dialect)) for dialect in options.dialects]
        try:
            with ThreadPoolExecutor(len(workers)) as threads:
                for differences in threads.map(
                    lambda one: search(pairs, one, found, options.batch), workers
                ):
                    found.differences += differences
            _show(found, workers, options)
        finally:
            for worker in workers:
                worker.stop()
    print(report(found, time.monotonic() - started))
    return 1 if found.differences or found.faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("-n", "--definitions", type=int, default=200, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same definitions")
    parser.add_argument("--only", type=int, nargs="*", help="the numbers of definitions to run")
    parser.add_argument("--dialects", nargs="*", choices=sorted(JOBS), default=sorted(JOBS))
    parser.add_argument("--batch", type=int, default=40, help="how many definitions a job has")
    parser.add_argument("--no-shrink", action="store_true", help="show what differs as it was made")
    parser.add_argument("--cases", type=Path, help="write folders of cases here")
    return parser.parse_args()


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def search(
    pairs: Sequence[tuple[Definition, Expected]], worker: Worker, found: Found, size: int
) -> list[Difference]:
    """Return the differences between the oracle and an engine, and say how it goes."""
    started, done, differences = time.monotonic(), 0, []
    for batch in batches_of(ready(pairs, worker, found), size):
        for difference in run_batch(batch, worker):
            differences.append(difference)
            print(f"{difference.definition.name} on {worker.dialect}: {difference.messages[0][:300]}")
        done += len(batch)
        rate = done / (time.monotonic() - started) * 60
        print(
            f"{worker.dialect}: {done} ran, {len(differences)} differ, {rate:.0f} a minute",
            file=sys.stderr,
        )
    found.outcomes[f"ran on {worker.dialect}"] += done
    found.outcomes[f"seconds on {worker.dialect}"] += round(time.monotonic() - started)
    return differences


def _show(found: Found, workers: Sequence[Worker], options: argparse.Namespace) -> None:
    """Print the first of what differs on each engine, made smaller, as folders of cases."""
    for worker in workers:
        mine = [one for one in found.differences if one.dialect == worker.dialect]
        for difference in mine[: 0 if options.no_shrink else MOST_SHRUNK]:
            small = shrunk(difference, worker)
            folder = (options.cases or worker.folder) / f"{small.definition.name}_on_{worker.dialect}"
            write_case(small.definition, folder)
            messages = "\n".join(message[:1500] for message in small.messages[:5])
            print(f"=== {small.definition.name} on {worker.dialect}\n{messages}\n{printed(folder)}")


if __name__ == "__main__":
    sys.exit(main())
