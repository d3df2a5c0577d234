"""A plan as one script, for a person to read and for an engine's own client to run."""

from __future__ import annotations

from sqlfeat.dialects.base import Dialect
from sqlfeat.plan.tables import Plan
from sqlfeat.render.statements import statements_of
from sqlfeat.render.templates import fill


def render_plan(plan: Plan, dialect: Dialect) -> str:
    """Return the script of a plan: settings, tables, views, and a SELECT or the INSERTs.

    Raises UnsupportedError for what the dialect's engine cannot do.
    """
    names = ", ".join(output.name for output in plan.outputs)
    title = f"{names}, in {dialect.says}. Made by sqlfeat from the definition: change that, not this."
    statements = statements_of(plan, dialect)
    text = fill(
        "script",
        dialect,
        title=title,
        advice=[str(one) for one in dialect.advises(plan)],
        functions=plan.functions,
        statements=statements,
    )
    return str(text).strip("\n") + "\n"
