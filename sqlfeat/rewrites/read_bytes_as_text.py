"""Read the first and the last of BYTES as text."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column, Expr
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.settle_ties import AMONG_PEERS
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Bytes, String


def read_bytes_as_text(plan: Plan) -> Plan:
    """Return the plan in which FIRST_VALUE and LAST_VALUE of BYTES over a window are those of a text with
    a character for each byte: an engine does not find bytes again when their row leaves a window.
    """
    return transform_views(plan, _read)


def _read(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    taken, columns = list(node.schema.names), list[OverColumn]()
    bytes_again: list[tuple[str, Expr]] = []
    for column in node.columns:
        call = column.call
        if call.name not in AMONG_PEERS or call.type != Bytes or call.arg is None:
            columns.append(column)
            continue
        name = unused(column.name + "_text", taken)
        taken.append(name)
        text = Call("TEXT_OF_BYTES", (call.arg,), String)
        columns.append(replace(column, name=name, call=replace(call, arg=text, type=String)))
        bytes_again.append((column.name, Call("BYTES_OF_TEXT", (Column(name, String),), Bytes)))
    if not bytes_again:
        return node
    says = f"{node.step.says.removesuffix('.')}, bytes as text."
    below = replace(node, columns=tuple(columns), step=Step(node.step.name + "_as_text", says))
    return Derive(below, tuple(bytes_again), node.step)
