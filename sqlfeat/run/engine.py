"""What running a dialect takes, whatever the engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlfeat.plan.tables import Plan
from sqlfeat.render.statements import Statement
from sqlfeat.types import Schema

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Status:
    """How a job stands: "running", "finished", "failed" or "cancelled"; the rows written, if known."""

    state: str
    rows: int | None = None


class Handle(ABC):
    """A materialization that was started."""

    @abstractmethod
    def wait(self, timeout: float | None = None) -> None:
        """Return when all rows are written; a job over an unbounded source never ends by itself.

        Raises EngineError when the job fails, TimeoutError when `timeout` seconds have passed.
        """

    @abstractmethod
    def status(self) -> Status:
        """Return how the job stands."""

    @abstractmethod
    def cancel(self) -> None:
        """Stop the job, and return when it has stopped."""


class Engine(ABC):
    """Runs the statements of a plan in a session of the caller's.

    Every temporary table and view that a run makes in the session is dropped again before it returns.
    """

    def __init__(self, session: Any) -> None:
        self.session = session

    @classmethod
    def takes(cls, session: Any) -> bool:
        """Whether a session of the engine's package is one in which the dialect runs."""
        return True

    @classmethod
    @abstractmethod
    def connect(cls, address: str | None, jars: Sequence[str]) -> Any:
        """Return a new session: of the cluster at an address, or in this process."""

    @abstractmethod
    def table(self, statements: Sequence[Statement], plan: Plan) -> Any:
        """Return the engine's own lazy table of a plan's SELECT."""

    @abstractmethod
    def start(self, statements: Sequence[Statement], plan: Plan) -> Handle:
        """Start a plan's INSERTs."""

    @abstractmethod
    def rows(self, table: Any, columns: Schema, plan: Plan) -> list[Row]:
        """Return all rows of a table. Instants are datetimes in UTC; nothing is rounded."""

    @abstractmethod
    def explain(self, statements: Sequence[Statement], plan: Plan) -> str:
        """Return the engine's own plan of what was rendered."""

    def close(self) -> None:  # noqa: B027
        """End a session that `connect` made; nothing where it ends with the process."""
