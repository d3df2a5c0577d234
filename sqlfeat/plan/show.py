"""A plan as text: a tree for each view, its inputs indented below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import OverColumn
from sqlfeat.plan.ranked_windows import Age, Times
from sqlfeat.plan.rows import Ref
from sqlfeat.plan.slide import SlideColumn
from sqlfeat.types import Schema

if TYPE_CHECKING:
    from sqlfeat.plan.tables import Output, Plan, SourceTable, ViewTable


def show(plan: Plan) -> str:
    """Return the plan as text: the outputs, then each view, then the sources."""
    lines = [f"timezone {plan.timezone}"]
    for output in plan.outputs:
        lines += ["", *_output(output)]
    for view in reversed(plan.views):
        lines += ["", *_view(view)]
    for source in plan.sources:
        lines += ["", *_source(source)]
    lines += [line for function in plan.functions for line in ("", f"function {function}")]
    return "\n".join(lines) + "\n"


def _output(output: Output) -> Iterator[str]:
    target = "returned" if output.connector is None else f"to {output.connector}"
    yield f"output {output.name}: the rows of {output.table}, {target}"
    for name, dtype in output.columns:
        yield f"  {name}: {dtype}"


def _view(view: ViewTable) -> Iterator[str]:
    yield f"view {view.name}"
    yield from _node(view.node, "  ")


def _node(node: Node, indent: str) -> Iterator[str]:
    if isinstance(node, Ref):
        yield f"{indent}{node.name}"
        return
    yield f"{indent}{type(node).__name__}"
    for field in fields(node):
        value = getattr(node, field.name)
        is_input = isinstance(value, Node | Step) or value == node.inputs
        if not is_input and value not in (None, False, ()):
            yield from _field(field.name, value, indent + "  . ")
    for below in node.inputs:
        yield from _node(below, indent + "  ")


def _field(name: str, value: object, indent: str) -> Iterator[str]:
    if not isinstance(value, tuple) or all(isinstance(item, str) for item in value):
        yield f"{indent}{name}: {said(value)}"
        return
    for item in value:
        yield f"{indent}{name}: {said(item)}"


def said(value: object) -> str:
    """Return a value of a plan in a reader's words."""
    if isinstance(value, Expr):
        return expression(value)
    if isinstance(value, Schema):
        return ", ".join(f"{name} {dtype}" for name, dtype in value)
    if isinstance(value, OverColumn):
        return f"{value.name} = {_aggregate(value.call)} over {value.window.name}"
    if isinstance(value, SlideColumn):
        return f"{value.name} = {_aggregate(value.call)} over {value.size_ms} ms"
    if isinstance(value, Age):
        return f"{value.name} = ROW_NUMBER by {said(value.whose)} from the last of {said(value.order)}"
    if isinstance(value, Times):
        return f"{value.name} = COUNT(*) by {said(value.whose)} and {value.value}"
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], Expr):
        return f"{value[0]} = {expression(value[1])}"
    if isinstance(value, tuple):
        return ", ".join(said(item) for item in value)
    return str(value)


def _aggregate(call: AggregateCall) -> str:
    arg = "*" if call.arg is None else expression(call.arg)
    where = "" if call.where is None else f" where {expression(call.where)}"
    latest = "" if call.limit is None else f" of the latest {call.limit}"
    ties = "" if call.tie_breaker is None else f", ties by {call.tie_breaker.name}"
    return f"{call.name}({arg}){where}{latest}{ties}: {call.type}"


def expression(expr: Expr) -> str:
    """Return an expression with every cast and type of it in sight."""
    if isinstance(expr, Column):
        return f"{expr.of}.{expr.name}" if expr.of else expr.name
    if isinstance(expr, Literal):
        return f"{expr.type} '{expr.value}'" if isinstance(expr.value, date) else f"{expr.value!r}"
    assert isinstance(expr, Call)
    args = ", ".join(expression(arg) for arg in expr.args)
    cast = f" AS {expr.type}" if expr.function in ("CAST", "TRY_CAST") else ""
    return f"{expr.function}({args}{cast})"


def _source(source: SourceTable) -> Iterator[str]:
    bounded = "bounded" if source.bounded else "unbounded"
    yield f"source {source.name}: {source.connector}, {bounded}"
    for name, dtype in source.columns:
        yield f"  {name}: {dtype}"
    if source.time is not None:
        late = "any order" if source.time.delay_ms is None else f"{source.time.delay_ms} ms late"
        yield f"  . {source.time.column} = {expression(source.time.expr)}, {late}"
