"""Engines in processes of their own: a job that fails, hangs or leaks ends with its process."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.fuzz.rendering import Rendered

JOBS = {
    "flink": "tests.fuzz.flink_jobs",
    "flink_batch": "tests.fuzz.flink_batch_jobs",
    "spark": "tests.fuzz.spark_jobs",
}
MOST_DEFINITIONS = {"flink": 600, "flink_batch": 600, "spark": 3000}
"""How many definitions a process runs: Flink's keeps the classes of each job."""
LONGEST_SECONDS = 180
OF_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""Plans are made once and run over few rows: compiling them well costs twice what the rest takes."""


class JobFailedError(Exception):
    """The engine's own words for why a job gave no rows."""


class Worker:
    """A process with a session of an engine, started when it is needed."""

    def __init__(self, dialect: str, folder: Path) -> None:
        self.dialect = dialect
        self.folder = folder
        self._process: Any = None
        self._pipe: Any = None
        self._done = 0

    def run(self, batch: Sequence[Rendered]) -> dict[str, list[str] | str]:
        """Return the lines of each definition, or why the engine refuses its statements. Raises
        JobFailedError where the job of all of them fails.
        """
        if self._process is None or self._done >= MOST_DEFINITIONS[self.dialect]:
            self._start()
        self._done += len(batch)
        self._pipe.send(list(batch))
        if not self._pipe.poll(LONGEST_SECONDS):
            self.stop()
            raise JobFailedError(f"the job took more than {LONGEST_SECONDS} seconds")
        try:
            found, failure = self._pipe.recv()
        except (EOFError, ConnectionResetError):
            self.stop()
            raise JobFailedError("the process of the engine ended") from None
        if failure is not None:
            raise JobFailedError(failure)
        result: dict[str, list[str] | str] = found
        return result

    def _start(self) -> None:
        self.stop()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, self.dialect, str(self.folder)), daemon=True
        )
        self._process.start()
        theirs.close()
        self._done = 0

    def stop(self) -> None:
        """End the process, and the JVM that it started: both are of one group."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join()
        self._process = None


def serve(pipe: Connection, dialect: str, folder: str) -> None:
    """Run the batches that come through the pipe, in a session of this process."""
    os.setpgrp()
    os.environ["JAVA_TOOL_OPTIONS"] = OF_JAVA
    _silence(Path(folder) / f"{dialect}.log")
    jobs = import_module(JOBS[dialect])
    session = jobs.open_session()
    while True:
        batch = pipe.recv()
        try:
            pipe.send((jobs.run_job(session, batch, Path(folder)), None))
        except Exception as error:
            pipe.send(({}, in_short(error)))


def in_short(error: Exception) -> str:
    """Return what an engine says of a failure, its first cause first, without the places in its code."""
    lines = (str(error) or repr(error)).split("\n")
    said = [line for line in lines if not line.lstrip().startswith(("at ", "... "))]
    causes = [line for line in said if line.startswith("Caused by")]
    return "\n".join([*causes[-1:], *said])


def _silence(path: Path) -> None:
    """Send what the engine prints into a file."""
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
