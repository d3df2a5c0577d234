"""Definitions from a Python file, and the settings beside it."""

from __future__ import annotations

import runpy
import sys
import traceback
from dataclasses import dataclass, replace
from pathlib import Path

from sqlfeat.dsl.registry import Registry
from sqlfeat.dsl.sources import Source
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.views import Materialization
from sqlfeat.errors import SqlfeatError, nearest
from sqlfeat.settings import Settings, load_settings

Definition = Table | Materialization


class LoadingError(SqlfeatError):
    """A file of definitions cannot be run, or does not define what was asked for."""


@dataclass(frozen=True)
class Definitions:
    """What a file defines, by the names of its module's variables, and its project's settings.

    `registered` are the tables of the registries that it holds.
    """

    path: Path
    named: dict[str, Definition]
    settings: Settings
    registered: tuple[Table, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The sources and views: what features may name by text."""
        own = (found for found in self.named.values() if isinstance(found, Table))
        return tuple(dict.fromkeys((*own, *self.registered)))

    def all_targets(self) -> list[Definition]:
        """Return the materializations and views, for checking the whole file."""
        return [found for found in self.named.values() if not isinstance(found, Source)]

    def target(self, name: str | None) -> Definition | list[Definition]:
        """Return the definition of this name: of its variable, or its own.

        Without a name: the materializations of the file; where it has none, its last view. Raises
        LoadingError, with the nearest name.
        """
        if name is None:
            return self._default()
        if name in self.named:
            return self.named[name]
        own = {found.name: found for found in self.named.values()}
        if name in own:
            return own[name]
        near = nearest(name, [*self.named, *own])
        hint = f"Did you mean {near!r}?" if near else f"It defines: {', '.join(self.named)}."
        raise LoadingError(f"{self.path} does not define {name!r}. {hint}")

    def _default(self) -> Definition | list[Definition]:
        found = self.all_targets()
        materializations = [one for one in found if isinstance(one, Materialization)]
        if materializations:
            return list(materializations)
        if not found:
            raise LoadingError(f"{self.path} defines no view and no materialization.")
        return found[-1]


def load(path: Path) -> Definitions:
    """Run a file of definitions; its folder is where it may import from, and where `sqlfeat.toml` is.

    Raises LoadingError where the file is missing or fails, with the line; SettingsError.
    """
    if not path.is_file():
        raise LoadingError(f"there is no file {path}.")
    folder = str(path.parent.absolute())
    sys.path.insert(0, folder)
    try:
        module = runpy.run_path(str(path), run_name=path.stem)
    except SqlfeatError:
        raise
    except (Exception, SystemExit) as error:
        raise LoadingError(_failure(path, error)) from None
    finally:
        sys.path.remove(folder)
    named = {
        name: value
        for name, value in module.items()
        if isinstance(value, Table | Materialization) and not name.startswith("_")
    }
    registries = (value for value in module.values() if isinstance(value, Registry))
    registered = tuple(table for registry in registries for table in registry if isinstance(table, Table))
    return Definitions(path, named, load_settings(path.parent), registered)


def _failure(path: Path, error: BaseException) -> str:
    """Return the failure of a file in one line, with the line of the file that it comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame.lineno for frame in frames if Path(frame.filename).name == path.name]
    line = error.lineno if isinstance(error, SyntaxError) else (own[-1] if own else None)
    where = f"{path}, line {line}" if line is not None else str(path)
    return f"{where}: {type(error).__name__}: {error}"


def split_address(address: str) -> tuple[Path, str | None]:
    """Return the file and the name of `FILE.py:NAME`; the name may be left out.

    >>> split_address("features.py:backfill")[1]
    'backfill'
    """
    file, colon, name = address.rpartition(":")
    if not colon or address.endswith(".py"):
        return Path(address), None
    return Path(file), name


def run_settings(definitions: Definitions) -> Settings:
    """Return the settings for a run: relative paths start from the file's folder unless said."""
    settings = definitions.settings
    folder = definitions.path.parent.absolute()
    if settings.root is None:
        return replace(settings, root=str(folder))
    return replace(settings, root=str(folder / settings.root))
