"""The command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sqlfeat import api
from sqlfeat.dialects.registry import DIALECTS, dialect_named
from sqlfeat.dsl.sources import Source
from sqlfeat.dsl.views import Materialization, SqlFeatureView
from sqlfeat.errors import SettingsError, SqlfeatError
from sqlfeat.loading import Definitions, load, run_settings, split_address
from sqlfeat.settings import Settings, with_arguments

DIALECT_NAMES = [dialect.name for dialect in DIALECTS]


class Failures(click.Group):
    """Commands whose errors are one clear text, and exit status 1 for what the user can mend."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; print an error of sqlfeat instead of its traceback."""
        try:
            return super().invoke(context)
        except SqlfeatError as error:
            click.secho(f"error: {error}", fg="red", err=True)
            sys.exit(1)
        except ModuleNotFoundError as error:
            click.secho(f"error: {_missing(error)}", fg="red", err=True)
            sys.exit(1)


def _missing(error: ModuleNotFoundError) -> str:
    extras = {dialect.recognized_by: dialect.extra for dialect in DIALECTS}
    package = (error.name or "").partition(".")[0]
    if package in extras:
        return f"{package} is not installed: pip install 'sqlfeat[{extras[package]}]'"
    return f"the Python package {package} is not installed."


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that stand for settings of the project."""
    command = click.option("--timezone", help="Time zone of the definition (an IANA name).")(command)
    return click.option("--root", help="Folder that relative paths of files start from.")(command)


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that ask for some of a view's rows."""
    command = click.option("--end", help="Only rows before this time.")(command)
    command = click.option("--start", help="Only rows from this time on: '2022-01-31 08:00:00'.")(command)
    says = """Only rows with these keys, in JSON: '["user_1"]' or '[{"user_id": "user_1"}]'."""
    return click.option("--keys", callback=_read_keys, help=says)(command)


def _read_keys(context: click.Context, option: click.Parameter, text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"{error} (it is no JSON)") from None


def dialect_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that chooses the dialect."""
    kind = click.Choice(DIALECT_NAMES)
    return click.option("--dialect", required=True, type=kind, help="What to render for.")(command)


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where to run: an address for each engine, and jars."""
    for option, says in {dialect.address_option: dialect.address_help for dialect in DIALECTS}.items():
        command = click.option(option, help=says)(command)
    return click.option("--jar", "jars", multiple=True, help="A jar the engine needs. Repeatable.")(
        command
    )


@click.group(cls=Failures)
@click.version_option(package_name="sqlfeat")
def main() -> None:
    """Define ML features once; get the same rows from every engine's SQL.

    FILE is a Python file of definitions, NAME a view or materialization in it.
    """


def _given(address: str, timezone: str | None, root: str | None) -> tuple[Definitions, str | None]:
    path, name = split_address(address)
    definitions = load(path)
    settings = with_arguments(definitions.settings, timezone, root)
    return replace(definitions, settings=settings), name


@main.command()
@click.argument("address", metavar="FILE.py[:NAME]")
@dialect_option
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file.")
@selection_options
@settings_options
def render(
    address: str,
    dialect: str,
    output: Path | None,
    timezone: str | None,
    root: str | None,
    **asked: Any,
) -> None:
    """Print the SQL script of a definition.

    Example: sqlfeat render features.py:backfill --dialect spark -o backfill.sql
    """
    definitions, name = _given(address, timezone, root)
    script = api.render(
        definitions.target(name),
        dialect,
        tables=definitions.tables,
        settings=definitions.settings,
        **asked,
    )
    if output is None:
        click.echo(script, nl=False)
        return
    try:
        output.write_text(script, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{output} cannot be written: {error.strerror}.") from None


@main.command()
@click.argument("address", metavar="FILE.py[:NAME]")
@settings_options
def plan(address: str, timezone: str | None, root: str | None) -> None:
    """Print the relational plan of a definition, as a tree.

    Example: sqlfeat plan features.py:purchases_with_features
    """
    definitions, name = _given(address, timezone, root)
    made = api.plan(definitions.target(name), tables=definitions.tables, settings=definitions.settings)
    click.echo(str(made), nl=False)


@main.command()
@click.argument("address", metavar="FILE.py[:NAME]")
@click.option("--dialect", type=click.Choice(DIALECT_NAMES), help="Check for this one as well.")
@settings_options
def validate(address: str, dialect: str | None, timezone: str | None, root: str | None) -> None:
    """Check a definition, or all of a file: print every mistake, and what is left to the engine.

    Example: sqlfeat validate features.py --dialect flink
    """
    definitions, name = _given(address, timezone, root)
    target: Any = definitions.all_targets() if name is None else definitions.target(name)
    warnings = api.validate(target, dialect, tables=definitions.tables, settings=definitions.settings)
    for warning in warnings:
        click.secho(f"warning: {warning}", fg="yellow", err=True)
    click.echo(f"{address}: no mistakes")


@main.command(name="list")
@click.argument("path", metavar="FILE.py", type=click.Path(path_type=Path))
def list_(path: Path) -> None:
    """List what a file defines.

    Example: sqlfeat list features.py
    """
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid("name", "kind", "what", box=None, pad_edge=False)
    for name, found in load(path).named.items():
        grid.add_row(Text(name), Text(type(found).__name__), Text(_described(found)))
    Console().print(grid)


def _described(found: Any) -> str:
    if isinstance(found, Materialization):
        return f"{found.view.name} to {type(found.sink).__name__}"
    if isinstance(found, Source | SqlFeatureView):
        return ", ".join(str(name) for name in found.schema)
    names = (feature if isinstance(feature, str) else feature.name for feature in found.features)
    return ", ".join(names)


def _addresses(options: dict[str, Any], dialect: str) -> str | None:
    """Return the address given for a dialect; an address of another one is wrong usage."""
    own = dialect_named(dialect).address_option
    for option in dict.fromkeys(known.address_option for known in DIALECTS):
        if option != own and options[option.removeprefix("--")] is not None:
            raise click.UsageError(f"{option} does not go with --dialect {dialect}")
    given: str | None = options[own.removeprefix("--")]
    return given


@main.command()
@click.argument("address", metavar="FILE.py[:NAME]")
@dialect_option
@engine_options
@selection_options
@settings_options
def run(
    address: str,
    dialect: str,
    jars: tuple[str, ...],
    timezone: str | None,
    root: str | None,
    keys: Any,
    start: str | None,
    end: str | None,
    **options: Any,
) -> None:
    """Run a definition: print the rows of a view, or write those of a materialization.

    Relative paths of files start from the folder of FILE. Ctrl-C stops the job.

    Example: sqlfeat run features.py:backfill --dialect spark --master spark://host:7077
    """
    from sqlfeat.console import run_and_show

    definitions, name = _given(address, timezone, root)
    engine_address = _addresses(options, dialect)
    target = definitions.target(name)
    settings = _for_run(definitions)
    made = api.plan(target, tables=definitions.tables, settings=settings, keys=keys, start=start, end=end)
    run_and_show(made, dialect, engine_address, jars)


@main.command()
@click.argument("address", metavar="FILE.py[:NAME]")
@dialect_option
@engine_options
@settings_options
def explain(
    address: str,
    dialect: str,
    jars: tuple[str, ...],
    timezone: str | None,
    root: str | None,
    **options: Any,
) -> None:
    """Print the engine's own plan of what is rendered.

    Example: sqlfeat explain features.py:purchases_with_features --dialect flink
    """
    definitions, name = _given(address, timezone, root)
    engine_address = _addresses(options, dialect)
    settings = _for_run(definitions)
    text = api.explain(
        definitions.target(name),
        dialect,
        address=engine_address,
        jars=jars,
        settings=settings,
        tables=definitions.tables,
    )
    click.echo(text)


def _for_run(definitions: Definitions) -> Settings:
    return run_settings(definitions)


if __name__ == "__main__":
    main()
