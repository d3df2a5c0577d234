"""What the broker and the clusters have in common: they run for the length of a `with` block."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self


class Service:
    """Starts on entry and stops on exit, and also when the start fails halfway."""

    name = "service"

    def __init__(self) -> None:
        self._folder = Path()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            self._folder = Path(tempfile.mkdtemp(prefix=f"sqlfeat-{self.name}-"))
            stack.callback(shutil.rmtree, self._folder, ignore_errors=True)
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _start(self, stack: contextlib.ExitStack) -> None:
        """Starts the processes in `stack`, with `self._folder` for what they write."""
        raise NotImplementedError
