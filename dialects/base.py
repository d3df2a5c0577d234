"""What a dialect is: a value that holds facts about one way of running SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlfeat.dialects.binding import Sql
from sqlfeat.expr.nodes import Call
from sqlfeat.types import DataType

if TYPE_CHECKING:
    from sqlfeat.errors import Problem
    from sqlfeat.plan.connectors import Connector
    from sqlfeat.plan.tables import Plan, SourceTable

Options = tuple[tuple[str, str], ...]
FunctionText = str | Callable[["Dialect", Call, tuple[Sql, ...]], str | None]
"""How a function is said: a format of its arguments' SQL, or what makes it from them.

What makes it gives Sql where the text is more than one call, and None where the function is said as it is
by every dialect.
"""


@dataclass(frozen=True)
class Access:
    """How a source is read or an output written: the engine's options, in order.

    `using` and `path` are for engines that name them outside of the options; `template` is that of the
    statement which makes a source, `insert` of the one that writes; `says` describes it in the reader's
    words.
    """

    options: Options
    using: str = ""
    path: str = ""
    template: str = "source"
    insert: str = "insert"
    says: str = ""


@dataclass(frozen=True)
class Setting:
    """A setting of the engine's session, and the reason for it in the reader's words."""

    key: str
    value: str
    says: str


@dataclass(frozen=True, eq=False)
class Dialect:
    """A way of saying a plan.

    `templates` are the folders in which a template is looked for, in their order.
    `quote` makes a name safe inside of a script, `quote_stored` that of a field which is read or
    written. `timestamp` makes a literal of an instant, `interval` one of a span in an expression,
    `window_interval` one that lays out windows. `functions` holds what is not said as
    `NAME(arguments)`, `aggregates` what is not said as `NAME(argument)`; in the latter {time} is the
    event time, {operand} the argument where an operator follows it, {tail} the filter and the window,
    which stand behind all of it unless said. `rewrites` are applied in their order.
    `refuses` finds what the engine cannot do, `advises` what it can, but at a cost that another dialect
    does not have. `declares_sinks` says that an output is declared
    before it is written, `one_job` that several outputs are one statement. `engine` is the module,
    and the class in it, that runs
    the dialect; `extra` what installs it; `recognized_by` the package of the session objects it takes.
    """

    name: str
    templates: tuple[str, ...]
    says: str
    type_name: Callable[[DataType], str]
    quote: Callable[[str], str]
    quote_stored: Callable[[str], str]
    text: Callable[[str], str]
    interval: Callable[[int], str]
    window_interval: Callable[[int], str]
    null: Callable[[str], str]
    timestamp: Callable[[datetime], str]
    functions: Mapping[str, FunctionText]
    aggregates: Mapping[str, str]
    rewrites: tuple[Callable[[Plan], Plan], ...]
    refuses: Callable[[Plan], Iterable[Problem]]
    settings: Callable[[Plan], tuple[Setting, ...]]
    reads: Callable[[Connector, SourceTable], Access]
    writes: Callable[[Connector], Access]
    declares_sinks: bool
    one_job: bool
    engine: str
    extra: str
    recognized_by: str
    address_option: str
    address_help: str
    advises: Callable[[Plan], Iterable[Problem]] = field(default=lambda plan: ())
