"""The shape of the code: which module may know which, and how large a piece of it may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = sorted([*ROOT.glob("sqlfeat/**/*.py"), *ROOT.glob("dialects/**/*.py")])
TEMPLATES = sorted(ROOT.glob("templates/**/*.j2"))
ALL_FILES = [
    *SHIPPED,
    *TEMPLATES,
    *sorted([*ROOT.glob("tests/**/*.py"), *ROOT.glob("scripts/**/*.py")]),
]

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "templates"),
    ("types",),
    ("settings", "words", "zones"),
    ("expr",),
    ("dsl", "plan"),
    ("rewrites",),
    ("compiler",),
    ("dialects",),
    ("render",),
    ("run",),
    ("api",),
    ("__init__", "loading"),
    ("console", "cli"),
    ("__main__",),
)
"""From the lowest to the highest. A module imports from its own layer, or from one below it."""

STRANGERS = {frozenset({"dsl", "plan"}), frozenset({"errors", "templates"})}
"""Of one layer, and yet not to know of each other."""

ENGINE_PACKAGES = {"pyspark", "pyflink", "pandas", "pyarrow"}
OWNERS = {
    "sqlglot": {"expr"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "click": {"cli"},
    "rich": {"cli", "console"},
}
"""Which parts of the package may use a package that it does not hold itself."""

ENGINES_OWN = {
    f"sqlfeat/run/{name}.py"
    for name in (
        "table_environment",
        "mini_cluster",
        "loopback_workers",
        "flink_metrics",
        "spark_session",
        "spark_metrics",
        "symptoms",
    )
}
"""The modules that drive one engine, or hold the words in which engines fail."""

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def layer_of(module: str) -> int:
    part = module.removeprefix("sqlfeat").removeprefix(".").partition(".")[0] or "__init__"
    return next(number for number, names in enumerate(LAYERS) if part in names)


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "sqlfeat" else parts[0]


class Imports(ast.NodeVisitor):
    """The imports of a module: all of them, and those that run when it is imported."""

    def __init__(self, path: Path) -> None:
        self.all: list[str] = []
        self.at_import: list[str] = []
        self._inside = 0
        self.visit(ast.parse(path.read_text(encoding="utf-8")))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._within(node)

    def visit_If(self, node: ast.If) -> None:
        test = node.test
        if isinstance(test, ast.Name) and test.id == "TYPE_CHECKING":
            self._within(node)
        else:
            self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._found(alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        assert node.level == 0, f"line {node.lineno}: imports are absolute"
        module = node.module or ""
        if module == "sqlfeat":
            for alias in node.names:
                self._found(f"sqlfeat.{alias.name}")
        else:
            self._found(module)

    def _within(self, node: ast.AST) -> None:
        self._inside += 1
        self.generic_visit(node)
        self._inside -= 1

    def _found(self, module: str) -> None:
        self.all.append(module)
        if not self._inside:
            self.at_import.append(module)


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts if parts[0] == "sqlfeat" else ("sqlfeat", *parts))


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_imports_point_down(path: Path) -> None:
    own, mine = layer_of(module_of(path)), part_of(path)
    for module in Imports(path).all:
        if not module.startswith("sqlfeat"):
            continue
        other = module.removeprefix("sqlfeat").removeprefix(".").partition(".")[0]
        assert layer_of(module) <= own, f"{named(path)} imports {module}, from a layer above it"
        assert frozenset({mine, other}) not in STRANGERS, f"{named(path)} imports {module}"


def test_a_call_imports_what_runs_engines_only_when_it_needs_it() -> None:
    for name in ("api", "__init__", "loading", "cli"):
        imported = Imports(ROOT / "sqlfeat" / f"{name}.py").at_import
        wanted = [m for m in imported if m.startswith(("sqlfeat.run.", "sqlfeat.console"))]
        assert wanted == []


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_engines_are_imported_when_they_are_used(path: Path) -> None:
    imports = Imports(path)
    engines = [m for m in imports.all if m.partition(".")[0] in ENGINE_PACKAGES]
    assert not engines or part_of(path) == "run"
    assert [m for m in imports.at_import if m.partition(".")[0] in ENGINE_PACKAGES] == []


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_a_foreign_package_has_one_owner(path: Path) -> None:
    for module in Imports(path).all:
        owners = OWNERS.get(module.partition(".")[0])
        assert owners is None or part_of(path) in owners, f"{named(path)} imports {module}"


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the identifiers and the texts of a module, with their lines; no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for field in ("id", "attr", "name", "arg", "asname"):
            if isinstance(value := getattr(node, field, None), str):
                yield line, value
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield line, node.value


@pytest.mark.parametrize("path", sorted(ROOT.glob("sqlfeat/**/*.py")), ids=named)
def test_dialects_are_named_in_their_own_modules_only(path: Path) -> None:
    if named(path) in ENGINES_OWN:
        return
    found = [word for word in words_of(path) if re.search("flink|spark", word[1], re.IGNORECASE)]
    assert found == []


def test_there_is_no_module_for_everything_else() -> None:
    names = {path.stem for path in ALL_FILES}
    assert not names & {"utils", "util", "helpers", "misc", "common", "core"}


@pytest.mark.parametrize("path", ALL_FILES, ids=named)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [p for p in ALL_FILES if p.suffix == ".py"], ids=named)
def test_functions_are_short(path: Path) -> None:
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, functions):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MOST_LINES_OF_A_FUNCTION, f"{node.name}: {length} lines"
