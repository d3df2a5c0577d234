"""A plan as the statements of a dialect, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from sqlfeat.dialects.base import Dialect, Setting
from sqlfeat.errors import UnsupportedError, too_deep_is_said
from sqlfeat.plan.base import Node
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.tables import Output, Plan, SourceTable, ViewTable
from sqlfeat.plan.walk import nodes_of
from sqlfeat.plan.written import Written
from sqlfeat.render.templates import fill, laid_out, snake
from sqlfeat.types import Schema


@dataclass(frozen=True)
class Statement:
    """One statement, without its semicolon.

    `kind` is "setting", "table", "view", "insert", "print" (a SELECT whose rows are to be shown) or
    "select" (one whose rows are asked for); `name` what it makes, writes or shows. `setting` holds the
    key and the value of a setting, `columns` those of a select, `written` the SELECT of a view's own.
    """

    kind: str
    name: str
    text: Markup
    setting: Setting | None = None
    columns: Schema | None = None
    written: Written | None = None

    @property
    def writes(self) -> bool:
        """Whether running the statement writes the rows of an output."""
        return self.kind in ("insert", "print")


@dataclass(frozen=True)
class StepText:
    """A step of a view: its name, its comment, its SQL."""

    name: str
    says: str
    body: Markup


def rewritten(plan: Plan, dialect: Dialect) -> Plan:
    """Return the plan as the dialect says it.

    Raises UnsupportedError for what its engine cannot do.
    """
    problems = list(dialect.refuses(plan))
    if problems:
        raise UnsupportedError(dialect.name, problems)
    for rewrite in dialect.rewrites:
        plan = rewrite(plan)
    return plan


@too_deep_is_said()
def statements_of(plan: Plan, dialect: Dialect) -> list[Statement]:
    """Return the statements that run a plan, in order.

    Raises UnsupportedError for what the dialect's engine cannot do.
    """
    lowered = rewritten(plan, dialect)
    statements = [_setting(setting, dialect) for setting in dialect.settings(plan)]
    for source in lowered.sources:
        statements.append(_source(source, dialect))
    statements += [_view(view, dialect) for view in lowered.views]
    statements += _outputs(lowered, dialect)
    return [replace(statement, text=laid_out(statement.text)) for statement in statements]


def _setting(setting: Setting, dialect: Dialect) -> Statement:
    text = fill("setting", dialect, setting=setting)
    return Statement("setting", setting.key, text, setting=setting)


def _source(source: SourceTable, dialect: Dialect) -> Statement:
    access = dialect.reads(source.connector, source)
    text = fill(access.template, dialect, source=source, access=access)
    return Statement("table", source.name, text)


def _view(view: ViewTable, dialect: Dialect) -> Statement:
    *below, top = (node for node in nodes_of(view.node) if not isinstance(node, Ref))
    steps = [StepText(*_named(node), _body(node, dialect)) for node in dict.fromkeys(below)]
    body = _body(top, dialect)
    text = fill("view", dialect, view=view, steps=steps, body=body)
    return Statement("view", view.name, text, written=top if isinstance(top, Written) else None)


def _named(node: Node) -> tuple[str, str]:
    step = node.step  # type: ignore[attr-defined]
    return step.name, step.says


def _body(node: Node, dialect: Dialect) -> Markup:
    inputs = [below.name if isinstance(below, Ref) else _named(below)[0] for below in node.inputs]
    return fill(f"nodes/{snake(type(node).__name__)}", dialect, node=node, inputs=inputs)


def _outputs(plan: Plan, dialect: Dialect) -> Iterator[Statement]:
    inserts: list[Statement] = []
    for output in plan.outputs:
        if output.connector is None:
            yield _select(output, dialect)
            continue
        access, sink = dialect.writes(output.connector), _sink_name(output, plan)
        if dialect.declares_sinks:
            text = fill("sink", dialect, output=output, sink=sink, access=access)
            yield Statement("table", sink, text)
        text = fill(access.insert, dialect, output=output, sink=sink, access=access)
        kind = "print" if access.insert in ("select", "count") else "insert"
        inserts.append(Statement(kind, output.name, text))
    if len(inserts) > 1 and dialect.one_job:
        yield Statement("insert", "all outputs", fill("one_job", dialect, inserts=inserts))
    else:
        yield from inserts


def _sink_name(output: Output, plan: Plan) -> str:
    """Return a name for the table that an output is written to, which no other table has."""
    taken = plan.taken_names
    name = output.name + "_sink"
    while name.casefold() in taken:
        name += "_"
    return name


def _select(output: Output, dialect: Dialect) -> Statement:
    text = fill("select", dialect, output=output)
    return Statement("select", output.name, text, columns=output.columns)
