"""Fetches the jars of connectors.toml into the cache: python -m scripts.jars [group...]"""

import argparse
import contextlib
import fcntl
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from scripts import processes, programs
from scripts.programs import SetupError

_CONNECTORS = Path(__file__).with_name("connectors.toml")
_STAMP = "coordinates.txt"
_TIMEOUT = 900.0


@dataclass(frozen=True)
class Coordinate:
    group: str
    artifact: str
    version: str

    @classmethod
    def parse(cls, text: str) -> "Coordinate":
        parts = text.split(":")
        if len(parts) != 3 or not all(parts):
            raise SetupError(f"{text!r} in {_CONNECTORS.name} is not group:artifact:version")
        return cls(*parts)

    def xml(self) -> str:
        return (
            f"<groupId>{escape(self.group)}</groupId>"
            f"<artifactId>{escape(self.artifact)}</artifactId>"
            f"<version>{escape(self.version)}</version>"
        )

    def __str__(self) -> str:
        return f"{self.group}:{self.artifact}:{self.version}"


@dataclass(frozen=True)
class Group:
    name: str
    plugin: Coordinate
    with_dependencies: bool
    jars: tuple[Coordinate, ...]

    def stamp(self) -> str:
        kind = "with dependencies" if self.with_dependencies else "one by one"
        return "\n".join([kind, *map(str, self.jars)]) + "\n"

    def pom(self, output: Path) -> str:
        if self.with_dependencies:
            listed = "".join(f"<dependency>{jar.xml()}</dependency>" for jar in self.jars)
            dependencies, items = f"<dependencies>{listed}</dependencies>", ""
        else:
            listed = "".join(f"<artifactItem>{jar.xml()}</artifactItem>" for jar in self.jars)
            dependencies, items = "", f"<artifactItems>{listed}</artifactItems>"
        return (
            "<project><modelVersion>4.0.0</modelVersion><groupId>sqlfeat</groupId>"
            f"<artifactId>jars</artifactId><version>1</version><packaging>pom</packaging>"
            f"{dependencies}<build><plugins><plugin>{self.plugin.xml()}<configuration>{items}"
            f"<outputDirectory>{escape(str(output))}</outputDirectory>"
            "<includeScope>runtime</includeScope></configuration></plugin></plugins></build>"
            "</project>\n"
        )

    def goal(self) -> str:
        return f"{self.plugin}:{'copy-dependencies' if self.with_dependencies else 'copy'}"


def groups() -> dict[str, Group]:
    content = tomllib.loads(_CONNECTORS.read_text(encoding="utf-8"))
    plugin = Coordinate.parse(content.pop("maven_plugin"))
    return {
        name: Group(
            name,
            plugin,
            bool(entry["with_dependencies"]),
            tuple(Coordinate.parse(jar) for jar in entry["jars"]),
        )
        for name, entry in content.items()
    }


def fetch(name: str) -> list[Path]:
    """The jars of a group, downloaded unless the cache has them already."""
    known = groups()
    if name not in known:
        raise SetupError(f"There is no group {name!r} in {_CONNECTORS.name}: {', '.join(known)}")
    group, folder = known[name], programs.cache("jars") / name
    if not _is_complete(group, folder):
        with _lock(folder.with_suffix(".lock")):
            if not _is_complete(group, folder):
                _download(group, folder)
    return sorted(folder.glob("*.jar"))


def _is_complete(group: Group, folder: Path) -> bool:
    stamp = folder / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == group.stamp()


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _download(group: Group, folder: Path) -> None:
    """Fills a temporary folder first, so that only a whole download ever has the group's name."""
    for rest in folder.parent.glob(f"{group.name}.part-*"):
        shutil.rmtree(rest, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=f"{group.name}.part-", dir=folder.parent))
    try:
        output = work / "jars"
        output.mkdir()
        _run_maven(group, work, output)
        (output / _STAMP).write_text(group.stamp(), encoding="utf-8")
        if folder.exists():
            folder.rename(work / "old")
        output.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _run_maven(group: Group, work: Path, output: Path) -> None:
    pom = work / "pom.xml"
    pom.write_text(group.pom(output), encoding="utf-8")
    env = programs.environment()
    options = ["--batch-mode", "--quiet", "--update-snapshots", "-Dstyle.color=never"]
    command: list[str | Path] = [programs.maven(), *options, "--file", pom, group.goal()]
    code, out, err = processes.run("maven", command, env=env, folder=work, cwd=work, timeout=_TIMEOUT)
    if code != 0:
        raise SetupError(_reason(group, out + err))
    missing = [str(jar) for jar in group.jars if not _jar_of(jar, output).is_file()]
    if missing:
        raise SetupError(f"Maven did not deliver {', '.join(missing)}")


def _jar_of(jar: Coordinate, folder: Path) -> Path:
    return folder / f"{jar.artifact}-{jar.version}.jar"


def _reason(group: Group, output: str) -> str:
    absent = re.search(r"find artifact ([\w.-]+(?::[\w.-]+)+)", output)
    if absent:
        return f"Maven found no {absent[1]}: check it in {_CONNECTORS.name}"
    listed = ", ".join(str(jar) for jar in group.jars)
    errors = re.findall(r"\[ERROR\] (.+)", output) or ["nothing"]
    said = re.sub(r"\(?\w+://\S+", "", errors[0]).removesuffix("-> [Help 1]").strip()
    return f"Maven could not fetch the group {group.name} ({listed}); it said: {said}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts.jars", description=__doc__)
    parser.add_argument("group", nargs="*", help="the groups to fetch; all of them if none is given")
    try:
        for name in parser.parse_args(arguments).group or groups():
            for jar in fetch(name):
                print(jar)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
