"""Stop at rows that an engine's OVER would leave out without a word."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Expr, rebuild
from sqlfeat.plan.base import Node
from sqlfeat.plan.ordered_rows import RowsInOrder
from sqlfeat.plan.over import Over
from sqlfeat.plan.tables import Plan, SourceTable
from sqlfeat.plan.versions import InTimeOrder
from sqlfeat.plan.walk import nodes_of

STOPPING = {"OR_FAIL": "OR_FAIL_AFTER_EPOCH", "OR_LONG_AGO": "OR_LONG_AGO_AFTER_EPOCH"}


def stop_at_times_up_to_epoch(plan: Plan) -> Plan:
    """Return the plan in which a row whose event time is not after 1970-01-01 00:00 UTC stops the run,
    if anything in it is computed by OVER over a range of time.
    """
    nodes = (node for view in plan.views for node in nodes_of(view.node))
    if not any(map(_leaves_out, nodes)):
        return plan
    return replace(plan, sources=tuple(_stopping(source) for source in plan.sources))


def _leaves_out(node: Node) -> bool:
    """Whether the node is computed over a range of time, or a number of rows; one over all rows so far
    leaves none out.
    """
    if isinstance(node, Over):
        return any(window.size_ms is not None or window.unit == "ROWS" for window in node.windows)
    return isinstance(node, InTimeOrder | RowsInOrder)


def _stopping(source: SourceTable) -> SourceTable:
    if source.time is None:
        return source
    return replace(source, time=replace(source.time, expr=rebuild(source.time.expr, _renamed)))


def _renamed(expr: Expr) -> Expr:
    if isinstance(expr, Call) and expr.function in STOPPING:
        return replace(expr, function=STOPPING[expr.function])
    return expr
