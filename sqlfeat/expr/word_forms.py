"""Calls that are written with words between their arguments, such as `POSITION('a' IN s)`."""

from __future__ import annotations

from typing import Any

from sqlglot import exp

Form = tuple[str, tuple[Any, ...]]
"""The function's name in the table, and its arguments as sqlglot's nodes."""


def _trim(tree: Any) -> Form:
    name = {"LEADING": "LTRIM", "TRAILING": "RTRIM"}.get(tree.args.get("position") or "", "TRIM")
    return name, (tree.this, *_given(tree, "expression"))


def _substring(tree: Any) -> Form:
    return "SUBSTRING", (tree.this, *_given(tree, "start", "length"))


def _position(tree: Any) -> Form:
    return "POSITION", (tree.args["substr"], tree.this, *_given(tree, "position"))


def _escape(tree: Any) -> Form | None:
    like = tree.this
    if not isinstance(like, exp.Like):
        return None
    name = "NOT LIKE" if like.args.get("negate") else "LIKE"
    return name, (like.this, like.expression, tree.expression)


def _regexp_like(tree: Any) -> Form:
    return "REGEXP_LIKE", (tree.this, tree.expression)


def _given(tree: Any, *names: str) -> tuple[Any, ...]:
    return tuple(tree.args[name] for name in names if tree.args.get(name) is not None)


FORMS: dict[type[exp.Expression], Any] = {
    exp.Trim: _trim,
    exp.Substring: _substring,
    exp.StrPosition: _position,
    exp.Escape: _escape,
    exp.RegexpLike: _regexp_like,
}


def form_of(tree: Any) -> Form | None:
    """Return the call that a node of sqlglot is, None when it is no call of this kind."""
    read = FORMS.get(type(tree))
    form: Form | None = None if read is None else read(tree)
    return form
