"""Give equal values one form, before an engine counts which of them are different."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, type_of
from sqlfeat.plan.base import Node
from sqlfeat.plan.over import Over
from sqlfeat.plan.slide import Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.types import Bytes, String, is_float


def compare_equal_values(plan: Plan) -> Plan:
    """Return the plan in which COUNT_DISTINCT and VALUE_COUNTS count -0.0 as 0.0, and the former BYTES by
    a text of theirs: for engines that tell the zeros apart, and take no BYTES.
    """
    return transform_views(plan, _compare)


def _compare(node: Node) -> Node:
    if isinstance(node, Over):
        return replace(node, columns=tuple(replace(c, call=in_one_form(c.call)) for c in node.columns))
    if isinstance(node, Slide):
        return replace(node, columns=tuple(replace(c, call=in_one_form(c.call)) for c in node.columns))
    return node


def in_one_form(call: AggregateCall) -> AggregateCall:
    """Return an aggregate that tells values apart, of an argument whose equal values have one form."""
    if call.name not in ("COUNT_DISTINCT", "VALUE_COUNTS") or call.arg is None:
        return call
    dtype = type_of(call.arg)
    if is_float(dtype):
        return replace(call, arg=_once(Call("ONE_ZERO", (call.arg,), dtype)))
    if dtype == Bytes and call.name == "COUNT_DISTINCT":
        return replace(call, arg=_once(Call("TEXT_OF_BYTES", (call.arg,), String)))
    return call


def _once(call: Call) -> Call:
    """Return the call, or what it was made of, if that is such a call: the rule holds once."""
    inner = call.args[0]
    return inner if isinstance(inner, Call) and inner.function == call.function else call
