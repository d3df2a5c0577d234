"""Take the least and the greatest of BYTES as texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from sqlfeat.expr.nodes import Call, Column, Expr
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import Slide, SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Bytes, String

AnyColumn = TypeVar("AnyColumn", OverColumn, SlideColumn)


def compare_bytes_as_text(plan: Plan) -> Plan:
    """Return the plan in which MIN and MAX of BYTES over windows are those of a text with a character for
    each byte, which has the same order: for engines whose MIN and MAX take no BYTES.
    """
    return transform_views(plan, _compare)


def _compare(node: Node) -> Node:
    if isinstance(node, Over):
        over, again = _as_text(node.columns, node.schema.names)
        return _bytes_again(replace(node, columns=over), node.step, again) if again else node
    if isinstance(node, Slide):
        sliding, again = _as_text(node.columns, node.schema.names)
        return _bytes_again(replace(node, columns=sliding), node.step, again) if again else node
    return node


def _as_text(
    columns: tuple[AnyColumn, ...], names: tuple[str, ...]
) -> tuple[tuple[AnyColumn, ...], tuple[tuple[str, Expr], ...]]:
    """Return the columns, with texts in place of bytes, and what makes bytes of these again."""
    made: list[AnyColumn] = []
    again: list[tuple[str, Expr]] = []
    for column in columns:
        call = column.call
        if call.name not in ("MIN", "MAX") or call.type != Bytes or call.arg is None:
            made.append(column)
            continue
        text = Column(unused(column.name + "_text", names), String)
        as_text = replace(call, arg=Call("TEXT_OF_BYTES", (call.arg,), String), type=String)
        made.append(replace(column, name=text.name, call=as_text))
        again.append((column.name, Call("BYTES_OF_TEXT", (text,), Bytes)))
    return tuple(made), tuple(again)


def _bytes_again(node: Over | Slide, step: Step, again: tuple[tuple[str, Expr], ...]) -> Node:
    says = f"{step.says.removesuffix('.')}, bytes as text."
    return Derive(replace(node, step=Step(step.name + "_as_text", says)), again, step)
