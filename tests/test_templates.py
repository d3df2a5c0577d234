"""Templates lay out. What they print a filter made, and what they decide was decided before."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, UndefinedError, nodes
from markupsafe import Markup

from sqlfeat.dialects.base import Dialect
from sqlfeat.dialects.registry import DIALECTS
from sqlfeat.errors import SchemaError
from sqlfeat.render.templates import FOLDER, comment, environment, only_markup, word

TEMPLATES = sorted(FOLDER.glob("**/*.j2"))
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
MARKUP = {"body", "text"}
"""What holds SQL already when a template gets it: the body of a view, the text of a statement."""


def named(path: Path) -> str:
    return str(path.relative_to(FOLDER))


@pytest.fixture(params=TEMPLATES, ids=named)
def tree(request: pytest.FixtureRequest) -> nodes.Template:
    return Environment().parse(request.param.read_text(encoding="utf-8"))


@pytest.fixture(params=DIALECTS, ids=lambda dialect: dialect.name)
def dialect(request: pytest.FixtureRequest) -> Dialect:
    found: Dialect = request.param
    return found


def filled(source: str, dialect: Dialect, **values: object) -> str:
    overlay = environment(dialect).overlay(loader=DictLoader({"one.sql.j2": source}))
    return overlay.get_template("one.sql.j2").render(**values)


def test_a_template_prints_what_a_filter_made(tree: nodes.Template) -> None:
    printed = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    for node in printed:
        good = isinstance(node, nodes.TemplateData | nodes.Filter | nodes.CondExpr)
        is_markup = isinstance(node, nodes.Name) and node.name in MARKUP
        is_markup |= isinstance(node, nodes.Getattr) and node.attr in MARKUP
        assert good or is_markup, f"line {node.lineno} prints {node}"


def test_a_template_knows_no_dialect(tree: nodes.Template) -> None:
    words = [node.value for node in tree.find_all(nodes.Const)]
    words += [node.attr for node in tree.find_all(nodes.Getattr)]
    words += [node.name for node in tree.find_all(nodes.Name)]
    names = {dialect.name for dialect in DIALECTS}
    assert not [one for one in words if isinstance(one, str) and (one in names or one == "dialect")]


def test_a_template_does_no_arithmetic(tree: nodes.Template) -> None:
    assert list(tree.find_all(ARITHMETIC)) == []


def test_a_folder_of_a_dialect_is_named_after_it() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and any(path.glob("**/*.j2"))}
    assert folders == {"common", *(dialect.name for dialect in DIALECTS)}


def test_a_folder_of_a_dialect_holds_only_what_differs() -> None:
    common = {
        path.relative_to(FOLDER / "common"): path.read_text()
        for path in TEMPLATES
        if path.is_relative_to(FOLDER / "common")
    }
    for one in DIALECTS:
        for path in TEMPLATES:
            if path.is_relative_to(FOLDER / one.name):
                assert common.get(path.relative_to(FOLDER / one.name)) != path.read_text()


@pytest.mark.parametrize(
    "source", ["{{ name }}", "{{ name.upper() }}", "{{ name ~ name }}", "{{ number }}"]
)
def test_a_plain_value_is_refused(source: str, dialect: Dialect) -> None:
    with pytest.raises(SchemaError, match="without a filter"):
        filled(source, dialect, name="x; DROP TABLE y", number=1)


def test_a_name_that_is_not_there_is_refused(dialect: Dialect) -> None:
    with pytest.raises(UndefinedError):
        filled("{{ missing|text }}", dialect)


def test_what_a_filter_made_is_printed(dialect: Dialect) -> None:
    assert filled("{{ name|ident }}", dialect, name="a`b") == "`a``b`"
    assert filled("{{ name|comment }}", dialect, name="a\nb") == "a b"


def test_only_markup_passes_markup_on() -> None:
    value = Markup("<a>")
    assert only_markup(value) is value
    with pytest.raises(SchemaError):
        only_markup("a")


@pytest.mark.parametrize("text", ["", "a b", "a;", "a'b", "a\n", "é", "`a`"])
def test_a_word_is_no_more_than_a_word(text: str) -> None:
    with pytest.raises(SchemaError):
        word(text)


@pytest.mark.parametrize("text", ["a\nb", "a\r\nDROP TABLE x", "a\x85b", "a\u2028b", "\x1e", "a\tb"])
def test_a_comment_stays_in_its_line(text: str) -> None:
    assert len(str(comment(text)).splitlines()) <= 1
