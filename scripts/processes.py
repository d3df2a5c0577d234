"""Programs that this process starts, each in a group of its own, and that never outlive it."""

import atexit
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from scripts.programs import SetupError, cache

_LOGS_KEPT = 30
_TAIL_LINES = 30
_STOP_SECONDS = 10.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_running: "list[Process]" = []


class Process:
    """A program that starts at once, writes to log files and is stopped by its process id."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: str | Path | None = None,
        log: Path | None = None,
        errors: Path | None = None,
    ) -> None:
        self.name = name
        self.log = log or new_log(name)
        with contextlib.ExitStack() as files:
            out = files.enter_context(self.log.open("wb"))
            err = files.enter_context(errors.open("wb")) if errors else subprocess.STDOUT
            with _signals_wait():
                self._popen = subprocess.Popen(
                    [str(part) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    env=dict(env),
                    cwd=cwd,
                    start_new_session=True,
                )
                _running.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        if self._popen.poll() is not None:
            self.stop()
        return self._popen.returncode

    def wait(self, timeout: float) -> int | None:
        """The exit code, or None if it still runs after `timeout` seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout)
        return self.exit_code

    def log_tail(self) -> str:
        return f"; its log {self.log} ends with:\n{tail(self.log)}"

    def stop(self) -> None:
        """Ends the program and whatever it started: politely first, then for certain."""
        if self not in _running:
            return
        if self._popen.poll() is None:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(_STOP_SECONDS)
        self._signal(signal.SIGKILL)
        self._popen.wait()
        with contextlib.suppress(ValueError):
            _running.remove(self)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, number)


def run(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    folder: Path,
    cwd: str | Path | None = None,
    timeout: float,
) -> tuple[int, str, str]:
    """Runs a program to its end; its exit code, its output and its errors' output."""
    out, err = folder / f"{name}.out", folder / f"{name}.err"
    with Process(name, command, env=env, cwd=cwd, log=out, errors=err) as process:
        code = process.wait(timeout)
        if code is None:
            raise TimeoutError(
                f"{name} did not end within {timeout:g} seconds; its output ends with:\n"
                f"{tail(out)}\n{tail(err)}"
            )
    return code, _text(out), _text(err)


def wait_until(ready: Callable[[], bool], timeout: float, *needed: Process) -> None:
    """Waits until something answers, as long as the processes that it needs run."""
    deadline = time.monotonic() + timeout
    while not ready():
        for process in needed:
            if process.exit_code is not None:
                raise SetupError(
                    f"{process.name} ended with exit code {process.exit_code} before it was ready"
                    f"{process.log_tail()}"
                )
        if time.monotonic() > deadline:
            names = ", ".join(process.name for process in needed)
            logs = "".join(process.log_tail() for process in needed)
            raise SetupError(f"{names} did not answer within {timeout:g} seconds{logs}")
        time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    """Loopback ports below the range that the system hands out to clients by itself."""
    with contextlib.ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            port = random.randrange(20_000, 32_000)
            candidate = held.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                candidate.bind(("127.0.0.1", port))
                ports.append(port)
    return ports


def new_log(name: str) -> Path:
    folder = cache("logs")
    old = sorted(folder.glob("*.log"), key=_modified)
    for log in old[: -_LOGS_KEPT + 1]:
        log.unlink(missing_ok=True)
    return folder / f"{name}-{os.getpid()}-{time.monotonic_ns()}.log"


def tail(path: Path, lines: int = _TAIL_LINES) -> str:
    return "\n".join(_text(path).splitlines()[-lines:])


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


@contextlib.contextmanager
def _signals_wait() -> Iterator[None]:
    """Holds signals back for a moment, so that none falls between a start and its record."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _exit_on_signals()
    arrived: list[int] = []
    before = {
        kind: signal.signal(kind, lambda number, _: arrived.append(number))
        for kind in _SIGNALS
        if signal.getsignal(kind) not in (signal.SIG_IGN, None)
    }
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
    for number in arrived:
        signal.raise_signal(signal.Signals(number))


def _exit_on_signals() -> None:
    """Turns signals that would end Python without cleaning up into an exit that does."""
    for number in _SIGNALS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)


def _exit(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


@atexit.register
def _stop_all() -> None:
    for process in reversed(_running.copy()):
        process.stop()


os.register_at_fork(after_in_child=_running.clear)
