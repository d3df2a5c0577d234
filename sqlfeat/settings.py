"""The settings of a project: `sqlfeat.toml` beside the definitions, or arguments of a call."""

from __future__ import annotations

import tomllib
import zoneinfo
from dataclasses import dataclass, fields, replace
from os import PathLike, fspath
from pathlib import Path

from sqlfeat.errors import SettingsError, nearest
from sqlfeat.words import is_clean

FILE_NAME = "sqlfeat.toml"


@dataclass(frozen=True)
class Settings:
    """What holds for every definition of a project.

    `timezone` is where text without an offset is read and days begin (an IANA name). `root` is the
    folder that relative paths of files start from; without it they are rendered as they stand.

    Raises SettingsError for a time zone that does not exist, and for a root that is no path.
    """

    timezone: str = "UTC"
    root: str | None = None

    def __post_init__(self) -> None:
        try:
            zoneinfo.ZoneInfo(self.timezone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError, TypeError):
            near = nearest(str(self.timezone), zoneinfo.available_timezones())
            hint = f" Did you mean {near!r}?" if near else " Write an IANA name, such as 'Europe/Paris'."
            raise SettingsError(f"there is no time zone {self.timezone!r}.{hint}") from None
        is_path = isinstance(self.root, str | PathLike) and is_clean(fspath(self.root))
        if self.root is not None and not is_path:
            raise SettingsError(f"the root {self.root!r} is no path: write text that is not empty.")


def load_settings(folder: Path) -> Settings:
    """Return the settings of `sqlfeat.toml` in a folder; the defaults when there is none.

    Raises SettingsError for a file that is not TOML, an unknown setting or a wrong value.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Settings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from None
    known = [field.name for field in fields(Settings)]
    for name, value in values.items():
        if name not in known:
            near = nearest(name, known)
            hint = f"Did you mean {near!r}?" if near else f"Settings are: {', '.join(known)}."
            raise SettingsError(f"{path}: there is no setting {name!r}. {hint}")
        if not isinstance(value, str):
            raise SettingsError(f"{path}: the setting {name!r} is text, not {value!r}.")
    return Settings(**values)


def with_arguments(settings: Settings, timezone: str | None, root: str | None) -> Settings:
    """Return the settings with those that a call names in their place."""
    given = {"timezone": timezone, "root": root}
    return replace(settings, **{name: value for name, value in given.items() if value is not None})
