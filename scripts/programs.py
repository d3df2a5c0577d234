"""Where Java, Maven, Flink and Spark are, and one clear sentence when one of them is missing."""

import functools
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent

_JAVA_VERSION = 17
_INSTALL_JAVA = (
    "install a JDK 17 (for example Debian's openjdk-17-jdk-headless) "
    "and set JAVA_HOME or put java on the PATH"
)


class SetupError(Exception):
    """Something that the scripts need is missing or does not start."""


def cache(name: str) -> Path:
    """A folder of the checkout's cache, which keeps itself out of git."""
    folder = PROJECT_ROOT / ".cache" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def environment(**extra: str | Path) -> dict[str, str]:
    """The environment for a program that runs on Java."""
    java()
    values = dict(os.environ)
    if not _java_of_home():
        values.pop("JAVA_HOME", None)
    return values | {name: str(value) for name, value in extra.items()}


def java() -> Path:
    found = _java_of_home() or shutil.which("java")
    if not found:
        raise SetupError(f"Java {_JAVA_VERSION} was not found: {_INSTALL_JAVA}")
    version = _version_of(str(found))
    if version < _JAVA_VERSION:
        raise SetupError(
            f"Java {_JAVA_VERSION} was not found ({found} is Java {version}): {_INSTALL_JAVA}"
        )
    return Path(found)


def maven() -> Path:
    found = shutil.which("mvn")
    if not found:
        raise SetupError(
            "Maven was not found: install Maven 3.8 or newer (for example Debian's maven) "
            "and put mvn on the PATH"
        )
    return Path(found)


def flink_home() -> Path:
    return _package_folder("pyflink", "apache-flink")


def spark_home() -> Path:
    return _package_folder("pyspark", "pyspark")


def _java_of_home() -> Path | None:
    home = os.environ.get("JAVA_HOME")
    candidate = Path(home, "bin", "java") if home else None
    return candidate if candidate and os.access(candidate, os.X_OK) else None


@functools.cache
def _version_of(program: str) -> int:
    result = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    match = re.search(r'version "(?:1\.)?(\d+)', result.stderr + result.stdout)
    return int(match[1]) if match else 0


def _package_folder(package: str, distribution: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(f"{package} was not found: install {distribution} into this Python environment")
    return Path(spec.submodule_search_locations[0]).resolve()
