"""A target as one script, for a person to read and for an engine's own client to run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlfeat.compiler.targets import Target, compile_plan
from sqlfeat.dialects.registry import dialect_named
from sqlfeat.dsl.tables import Table
from sqlfeat.render.statements import statements_of
from sqlfeat.render.templates import fill
from sqlfeat.settings import Settings


def render_script(
    target: Target | Sequence[Target],
    dialect: str,
    settings: Settings,
    tables: Iterable[Table] = (),
) -> str:
    """Return the script of a target: settings, tables, views, and a SELECT or the INSERTs."""
    chosen = dialect_named(dialect)
    plan = compile_plan(target, settings, tables)
    names = ", ".join(output.name for output in plan.outputs)
    title = f"{names}, in {chosen.says}. Made by sqlfeat from the definition: change that, not this."
    statements = statements_of(plan, chosen)
    return str(fill("script", chosen, title=title, statements=statements)).strip("\n") + "\n"
