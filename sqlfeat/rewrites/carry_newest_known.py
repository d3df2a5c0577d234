"""Carry forward the newest version by its own age, on a timeline where versions come in another order."""

from __future__ import annotations

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.over import Over, OverColumn, Window
from sqlfeat.plan.ranked_windows import Age, NumberedInWindow
from sqlfeat.plan.rows import Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.timeline import CarryForward
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant, Int32, Int64


def carry_newest_known(plan: Plan) -> Plan:
    """Return the plan in which no version is carried forward by its age: versions are numbered from the
    newest, each row gets the least number so far, and with it the version that has it.
    """
    return transform_views(plan, _carry)


def _carry(node: Node) -> Node:
    if not isinstance(node, CarryForward) or not node.age:
        return node
    schema = node.input.schema
    side, version = Column(node.side, Int32), Column(node.version, schema[node.version])
    number = Column(unused("version_number", schema.names), Int64)
    newest = Column(unused("newest", schema.names), Int64)
    numbered = _numbered(node, number.name)
    whose = " and ".join(node.keys)
    so_far = _rows_so_far(node, (*node.keys,), "so_far_by_" + "_and_".join(node.keys), (side, number))
    is_version = Call("IS NOT NULL", (version,), Boolean)
    of_version = Call("CASE", (is_version, number, Literal(None, Int64)), Int64)
    least = AggregateCall("MIN", of_version, None, Int64)
    says = f"The same rows, each with the number of the newest version of its {whose} so far."
    with_newest = Over(
        numbered, (OverColumn(newest.name, least, so_far),), Step(node.step.name + "_newest", says)
    )
    keys = (*node.keys, newest.name)
    of_newest = _rows_so_far(node, keys, "of_newest_by_" + "_and_".join(node.keys), (side, number))
    first = AggregateCall("FIRST_VALUE", version, None, version.type)
    says = "The same rows, each with the version of that number."
    carried = Step(node.step.name + "_versions", says)
    below = Over(with_newest, (OverColumn(node.version, first, of_newest),), carried)
    columns: tuple[tuple[str, Expr], ...] = tuple((name, Column(name, dtype)) for name, dtype in schema)
    return Select(below, columns, node.event_time, node.step)


def _numbered(node: CarryForward, name: str) -> Node:
    """Return the rows with a number: among the versions of the same keys, the newest has 1."""
    schema = node.input.schema
    whose: tuple[Expr, ...] = (
        *(Column(key, schema[key]) for key in node.keys),
        Column(node.side, Int32),
    )
    version = node.input.schema[node.version]
    fields = dict(version.fields)  # type: ignore[attr-defined]
    order: tuple[Expr, ...] = tuple(Column(field, fields[field], node.version) for field in node.age)
    says = "The same rows, each version with its number: the newest of its keys has 1."
    return NumberedInWindow(
        node.input, (Age(name, whose, order),), Step(node.step.name + "_numbered", says)
    )


def _rows_so_far(node: CarryForward, keys: tuple[str, ...], name: str, by: tuple[Column, ...]) -> Window:
    order = Column(time_of(node.input, "carrying a version forward"), Instant)
    return Window(name, keys, None, order, None, unit="ROWS", by=by)
