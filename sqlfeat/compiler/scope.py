"""What a compilation knows: the tables so far, and the mistakes found so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlfeat.dsl.tables import Table
from sqlfeat.errors import ExpressionError, Problem
from sqlfeat.plan.functions import PythonFunction
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.slide import Steps
from sqlfeat.plan.tables import SourceTable, ViewTable
from sqlfeat.settings import Settings
from sqlfeat.types import Schema


@dataclass(frozen=True)
class Relation:
    """A compiled table, as those that read it see it.

    `zeros` are the columns that are 0 where a sliding window is empty; `steps` those of its windows.
    `current` is what a join reads, where that is not what comes out.
    `faulty` says that mistakes were noted in it: what it lacks may be missing for one of them.
    """

    name: str
    ref: Ref
    visible: Schema
    keys: tuple[str, ...]
    timestamp_field: str | None
    bounded: bool
    steps: Steps | None = None
    zeros: frozenset[str] = frozenset()
    current: Ref | None = None
    faulty: bool = False


@dataclass
class Scope:
    """The state of one compilation. `event_time` is the name of the internal event-time column; `taken`
    are the names of all tables that the targets read.
    """

    settings: Settings
    event_time: str
    known: dict[str, Table]
    taken: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    relations: dict[int, Relation] = field(default_factory=dict)
    sources: list[SourceTable] = field(default_factory=list)
    views: list[ViewTable] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    functions: dict[str, PythonFunction] = field(default_factory=dict)

    def fault(self, table: str, feature: str | None, fault: str, allowed: str = "") -> None:
        """Note a mistake."""
        self.problems.append(Problem(table, feature, fault, allowed))

    def caught(self, table: str, feature: str | None, error: ExpressionError) -> None:
        """Note the mistake that an expression or a duration raised."""
        self.problems.append(Problem(table, feature, error.fault, error.allowed))


def fresh(wanted: str, taken: Iterable[str]) -> str:
    """Return the name, with a number after it when it is taken (whatever the case).

    >>> fresh("side", ["Side", "side_2"])
    'side_3'
    """
    folded = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in folded:
        number += 1
        name = f"{wanted}_{number}"
    return name
