"""Put the rows of a view that is joined strictly one millisecond later, by windows."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Column, Expr
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.join import AsOfJoin
from sqlfeat.plan.rows import Ref, Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.versions import MillisecondLater
from sqlfeat.plan.walk import nodes_of, transform_views
from sqlfeat.rewrites.keep_window_names_free import WINDOW_NAMES
from sqlfeat.rewrites.unused_names import unused


def delay_strict_views(plan: Plan) -> Plan:
    """Return the plan in which a strict join onto a view reads its rows with an event time that is one
    millisecond later: an engine that matches rows of the same time then finds those before it.
    """
    return transform_views(plan, lambda node: _delay(node, plan))


def is_strict_onto_a_view(node: Node, plan: Plan) -> bool:
    """Whether a node is a strict join onto what is no source: the time of a source can be set."""
    if not isinstance(node, AsOfJoin) or not node.strict:
        return False
    tables = [below.name for below in nodes_of(node.right) if isinstance(below, Ref)]
    return any(plan.source(name) is None for name in tables)


def _delay(node: Node, plan: Plan) -> Node:
    if not isinstance(node, AsOfJoin) or not is_strict_onto_a_view(node, plan):
        return node
    return replace(node, right=_later(node.right))


def _later(right: Node) -> Node:
    rows, columns = beside_windows(right, "a_millisecond_later_input")
    says = (
        "The rows one millisecond later, each at the second and last one of the window that begins with "
        "it."
    )
    return MillisecondLater(rows, columns, Step("a_millisecond_later", says))


def beside_windows(rows: Node, name: str) -> tuple[Node, tuple[tuple[str, str], ...]]:
    """Return the rows without columns that have the names of a window's, and each column that they had
    with the one that it is now. The event time stands first: else the planner keeps the names.
    """
    time, schema = time_of(rows, "a window"), rows.schema
    free = {name: unused(name + "_of_row", schema.names) for name in schema.names if name in WINDOW_NAMES}
    shown = tuple((name, free.get(name, name)) for name in schema.names)
    if not free:
        return rows, shown
    names = (time, *(name for name in schema.names if name != time))
    columns: tuple[tuple[str, Expr], ...] = tuple(
        (free.get(name, name), Column(name, schema[name])) for name in names
    )
    says = "The rows, beside columns that the windows will have."
    return Select(rows, columns, time, Step(name, says)), shown
