"""What ships is whole, and needs no more than it says: from a wheel, and from a bare checkout."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import sqlfeat

ROOT = Path(__file__).parent.parent
FOLDERS = {"sqlfeat": "sqlfeat", "sqlfeat/dialects": "dialects", "sqlfeat/templates": "templates"}
"""Where the folders of the checkout are in what ships."""

CASE = ROOT / "tests" / "cases" / "seed_purchases_with_features"
ENGINES = ("pyspark", "pyflink", "py4j", "pandas", "numpy", "pyarrow", "kafka")

IMPORTED = """
import json, sys
from pathlib import Path
import sqlfeat.cli
from sqlfeat.loading import load
for dialect in ("flink", "spark"):
    sqlfeat.render(load(Path({definition!r})).target("target"), dialect)
print(json.dumps(sorted(sys.modules)))
"""


def shipped() -> set[str]:
    """The names of the files that must be in a wheel."""
    return {
        f"{name}/{path.relative_to(ROOT / folder).as_posix()}"
        for name, folder in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".j2") or path.name == "py.typed"
    }


def setup_cfg() -> configparser.ConfigParser:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return config


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def output(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a distribution is made from, in a folder of its own."""
    folder = tmp_path_factory.mktemp("checkout")
    skipped = shutil.ignore_patterns("__pycache__")
    for name in ("sqlfeat", "dialects", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=skipped)
    for name in ("setup.cfg", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution: what is missing there is missing here."""
    folder = tmp_path_factory.mktemp("dist")
    output(
        *(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, "."),
        cwd=checkout,
    )
    return next(folder.glob("*.whl"))


def test_every_package_is_listed() -> None:
    packages = {name.rpartition("/")[0] for name in shipped() if name.endswith("/__init__.py")}
    listed = lines(setup_cfg()["options"]["packages"])
    assert sorted(listed) == sorted(name.replace("/", ".") for name in packages)


def test_every_module_is_in_a_package() -> None:
    names = shipped()
    folders = {name.rpartition("/")[0] for name in names if name.endswith(".py")}
    assert {f"{folder}/__init__.py" for folder in folders} <= names


def test_the_extras_are_pinned_as_the_constraints_are() -> None:
    extras = setup_cfg()["options.extras_require"]
    pinned = set(lines((ROOT / "constraints.txt").read_text(encoding="utf-8")))
    wanted = {one for extra in extras.values() for one in lines(extra)}
    assert wanted <= pinned


def test_the_constraints_pin_what_is_required() -> None:
    wanted = lines(setup_cfg()["options"]["install_requires"])
    pinned = lines((ROOT / "constraints.txt").read_text(encoding="utf-8").lower())
    names = {line.partition("==")[0] for line in pinned}
    assert {re.split("[<>=]", one)[0] for one in wanted} <= names


def test_the_wheel_holds_everything(wheel: Path) -> None:
    found = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert found == shipped()


def test_a_bare_checkout_renders(checkout: Path) -> None:
    code = (
        "import sqlfeat.dialects, sqlfeat.templates as t; print(sqlfeat.dialects.__file__, *t.__path__)"
    )
    for found in output(sys.executable, "-c", code, cwd=checkout).split():
        assert Path(found).is_relative_to(checkout)
    script = output(
        *(sys.executable, "-m", "sqlfeat.cli", "render", CASE / "definition.py:target"),
        *("--dialect", "spark"),
        cwd=checkout,
    )
    assert script == (CASE / "spark.sql").read_text(encoding="utf-8")


def test_importing_and_rendering_import_no_engine() -> None:
    code = IMPORTED.format(definition=str(CASE / "definition.py"))
    modules = json.loads(output(sys.executable, "-c", code, cwd=ROOT))
    assert "sqlfeat.cli" in modules
    assert set(ENGINES).isdisjoint(modules)


@pytest.mark.installs
def test_the_bare_install_renders(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    output(
        *(programs / "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--constraint", ROOT / "constraints.txt", wheel),
        cwd=tmp_path,
    )
    found = f"import importlib.util as i; print([n for n in {ENGINES} if i.find_spec(n)])"
    assert output(programs / "python", "-c", found, cwd=tmp_path).strip() == "[]"
    for dialect in ("flink", "spark"):
        target = CASE / "definition.py:target"
        script = output(programs / "sqlfeat", "render", target, "--dialect", dialect, cwd=tmp_path)
        assert script == (CASE / f"{dialect}.sql").read_text(encoding="utf-8")
    assert sqlfeat.__version__ in output(programs / "sqlfeat", "--version", cwd=tmp_path)
