"""The calls of sqlfeat: render, plan, validate, run, to_pandas, explain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlfeat.compiler.targets import EVERYTHING, Target, compile_plan
from sqlfeat.compiler.warnings import warnings_of
from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.registry import DIALECTS, dialect_named
from sqlfeat.dsl.selection import Keys, Moment, Selection
from sqlfeat.dsl.tables import Table
from sqlfeat.errors import EngineError, Problem
from sqlfeat.plan.tables import Plan
from sqlfeat.render.script import render_plan
from sqlfeat.render.statements import statements_of
from sqlfeat.settings import Settings, with_arguments

if TYPE_CHECKING:
    from sqlfeat.run.engine import Engine

Targets = Target | Sequence[Target]


def plan(
    target: Targets,
    *,
    timezone: str | None = None,
    root: str | None = None,
    tables: Iterable[Table] = (),
    settings: Settings | None = None,
    keys: Keys | None = None,
    start: Moment | None = None,
    end: Moment | None = None,
) -> Plan:
    """Return the plan of a view, or of one or several materializations. It prints as a tree.

    `timezone` and `root` are settings of the project (see `Settings`), `tables` what features name by
    text. `keys`, `start` and `end` ask for some of the rows (see `Selection`). Raises DefinitionError
    with every mistake of the definition.
    """
    chosen = with_arguments(settings or Settings(), timezone, root)
    return compile_plan(target, chosen, tables, Selection(keys, start, end))


def render(
    target: Targets,
    dialect: str,
    *,
    timezone: str | None = None,
    root: str | None = None,
    tables: Iterable[Table] = (),
    settings: Settings | None = None,
    keys: Keys | None = None,
    start: Moment | None = None,
    end: Moment | None = None,
) -> str:
    """Return the SQL script of a target in a dialect: "flink", "flink_batch" or "spark".

    For a view it ends in a SELECT of its rows, for materializations in the INSERTs that write them. It
    is complete: the engines' own SQL clients run it as it stands. The same definition gives the same
    text. `keys`, `start` and `end` ask for some of the rows, chosen when every feature was computed:
    those with one of these keys, at `start` or later, before `end`. Raises DefinitionError,
    UnsupportedError, SettingsError.

    >>> import sqlfeat as sf
    >>> events = sf.FileSystemSource("events", path="events.json", schema={"id": sf.Int64})
    >>> view = sf.DerivedFeatureView("twice", source=events, features=[sf.Feature("two", "id * 2")])
    >>> print(sf.render(view, dialect="spark").splitlines()[-1])
    FROM twice;
    """
    made = plan(
        target,
        timezone=timezone,
        root=root,
        tables=tables,
        settings=settings,
        keys=keys,
        start=start,
        end=end,
    )
    return render_plan(made, dialect_named(dialect))


def validate(
    target: Targets,
    dialect: str | None = None,
    *,
    timezone: str | None = None,
    root: str | None = None,
    tables: Iterable[Table] = (),
    settings: Settings | None = None,
) -> tuple[Problem, ...]:
    """Check a target, and whether a dialect can say it; return warnings: what is left to the engine, and
    what costs more in the dialect than in another.

    Raises DefinitionError with every mistake, UnsupportedError for what the dialect cannot do.
    """
    made = plan(target, timezone=timezone, root=root, tables=tables, settings=settings)
    if dialect is None:
        return warnings_of(made)
    chosen = dialect_named(dialect)
    statements_of(made, chosen)
    return (*warnings_of(made), *chosen.advises(made))


def run(
    target: Targets,
    engine: Any,
    *,
    timezone: str | None = None,
    root: str | None = None,
    tables: Iterable[Table] = (),
    settings: Settings | None = None,
    keys: Keys | None = None,
    start: Moment | None = None,
    end: Moment | None = None,
) -> Any:
    """Run a target in a session: a SparkSession, or a PyFlink TableEnvironment of either mode.

    A view gives the engine's own lazy table (a DataFrame, a Table); materializations are started, and
    give a handle with `wait()`, `status()` and `cancel()`. Raises what `render` does, and EngineError.
    """
    made = plan(
        target,
        timezone=timezone,
        root=root,
        tables=tables,
        settings=settings,
        keys=keys,
        start=start,
        end=end,
    )
    dialect = dialect_of(engine)
    statements = statements_of(made, dialect)
    runner = engine_class(dialect)(engine)
    if any(statement.writes for statement in statements):
        return runner.start(statements, made)
    return runner.table(statements, made)


def to_pandas(
    target: Table,
    engine: Any,
    *,
    timezone: str | None = None,
    root: str | None = None,
    tables: Iterable[Table] = (),
    settings: Settings | None = None,
    keys: Keys | None = None,
    start: Moment | None = None,
    end: Moment | None = None,
) -> Any:
    """Return the rows of a view as a pandas frame, the same on every engine: nullable types, instants
    in the project's time zone. Rows come in no particular order.
    """
    from sqlfeat.run.frames import frame_of

    made = plan(
        target,
        timezone=timezone,
        root=root,
        tables=tables,
        settings=settings,
        keys=keys,
        start=start,
        end=end,
    )
    rows = _rows(made, engine)
    return frame_of(rows, made.outputs[0].columns, made.timezone)


def explain(
    target: Targets,
    dialect: str,
    *,
    address: str | None = None,
    jars: Sequence[str] = (),
    timezone: str | None = None,
    root: str | None = None,
    tables: Iterable[Table] = (),
    settings: Settings | None = None,
) -> str:
    """Return the engine's own plan of what is rendered for a target, from a new session of it."""
    made = plan(target, timezone=timezone, root=root, tables=tables, settings=settings)
    chosen = dialect_named(dialect)
    engine = engine_class(chosen)
    runner = engine(engine.connect(address, jars))
    try:
        return runner.explain(statements_of(made, chosen), made)
    finally:
        runner.close()


def rows_of(
    target: Table,
    engine: Any,
    settings: Settings,
    tables: Iterable[Table] = (),
    selection: Selection = EVERYTHING,
) -> list[Any]:
    """Return the rows of a view as tuples of Python values; instants are datetimes in UTC."""
    return _rows(compile_plan(target, settings, tables, selection), engine)


def _rows(made: Plan, engine: Any) -> list[Any]:
    if any(output.connector is not None for output in made.outputs):
        raise EngineError("a materialization writes its rows: run it, or ask for its view.")
    for source in made.sources:
        if not source.bounded:
            raise EngineError(
                f"{made.outputs[0].name}: all of its rows are asked for, and the source {source.name} "
                "never ends. Run a materialization, or read a source that is bounded."
            )
    dialect = dialect_of(engine)
    runner = engine_class(dialect)(engine)
    table = runner.table(statements_of(made, dialect), made)
    return runner.rows(table, made.outputs[0].columns, made)


def dialect_of(engine: Any) -> Dialect:
    """Return the dialect that a session speaks.

    Raises EngineError for an object that is no session of a known engine.
    """
    packages = {cls.__module__.partition(".")[0] for cls in type(engine).__mro__}
    for dialect in DIALECTS:
        if dialect.recognized_by in packages and engine_class(dialect).takes(engine):
            return dialect
    packages_known = " or ".join(dict.fromkeys(dialect.recognized_by for dialect in DIALECTS))
    raise EngineError(
        f"{type(engine).__name__} is not a session that sqlfeat knows: give one of {packages_known}."
    )


def engine_class(dialect: Dialect) -> type[Engine]:
    """Return the class that runs a dialect; its engine is imported here, not before."""
    module, _, name = dialect.engine.partition(":")
    found: type[Engine] = getattr(import_module(module), name)
    return found
