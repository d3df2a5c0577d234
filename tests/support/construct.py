"""A construct of a definition, and what comes of it in each dialect."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlfeat as sf
from sqlfeat.errors import Problem

ALONE = "tests/support/test_alone.py::test_the_rows_are_of_every_type"
"""Shows a construct that a dialect refuses: its own definition runs where it is taken."""


@dataclass(frozen=True, eq=False)
class Construct:
    """`target` is a definition that uses what `says` names, and nothing else that is unusual. `shown`
    names a case, a case of FeatHub's or a test, in which it runs on every engine that takes it.

    `asked` and `timezone` are arguments of `render`.
    """

    says: str
    target: Any
    shown: str
    asked: dict[str, Any] = field(default_factory=dict)
    timezone: str = "UTC"

    def render(self, dialect: str) -> str:
        return sf.render(self.target, dialect, timezone=self.timezone, **self.asked)

    @cache  # noqa: B019 - the constructs stay as long as the tests do
    def refusal(self, dialect: str) -> Problem | None:
        """Return why a dialect refuses it, None when it does not."""
        try:
            self.render(dialect)
        except (sf.DefinitionError, sf.UnsupportedError) as error:
            (problem,) = error.problems
            return problem
        return None
