"""Say the leaving out of repeated rows as a comparison with the values of the row before."""

from __future__ import annotations

from sqlfeat.expr.nodes import Call, Column, Expr
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.repeats import DropRepeated, WithPrevious
from sqlfeat.plan.rows import Filter
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, DataType, Instant, is_float


def compare_with_previous(plan: Plan) -> Plan:
    """Return the plan without DropRepeated: each row gets the values of the row before it, and a filter
    keeps those that differ from it, and the first of each key.
    """
    return transform_views(plan, _compare)


def _compare(node: Node) -> Node:
    if not isinstance(node, DropRepeated):
        return node
    time = time_of(node, "comparing with the row before")
    names = {name: unused(f"previous_{name}", node.schema.names) for name in (time, *node.columns)}
    pairs = tuple((previous, name) for name, previous in names.items())
    whose = (
        f"the row before it with the same {', '.join(node.keys)}" if node.keys else "the row before it"
    )
    says = f"Each row, with the values of {whose}."
    before = WithPrevious(node.input, node.keys, pairs, Step(node.step.name + "_or_not", says))
    is_first = Call("IS NULL", (Column(names[time], Instant),), Boolean)
    differs = [_differs(name, names[name], node.schema[name]) for name in node.columns]
    return Filter(before, Call("OR", (is_first, *differs), Boolean), node.step)


def _differs(name: str, previous: str, dtype: DataType) -> Expr:
    """Return whether two values differ; floats by more than sums in another order of addition do."""
    function = "DIFFERS_BEYOND_ROUNDING" if is_float(dtype) else "IS DISTINCT FROM"
    return Call(function, (Column(name, dtype), Column(previous, dtype)), Boolean)
