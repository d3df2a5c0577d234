"""Say the limit of an aggregate over windows as a filter by the age of each row in its window."""

from __future__ import annotations

from dataclasses import replace

from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.ranked_windows import Age, NumberedInWindow
from sqlfeat.plan.slide import SlideColumn
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.plan.windows_of_rows import GroupByWindow
from sqlfeat.rewrites.recency import both, is_met, order_of
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant, Int64


def number_rows_by_age(plan: Plan) -> Plan:
    """Return the plan in which no aggregate of a GroupByWindow has a limit: the rows that match are
    numbered in each window from the latest, and those up to the limit count.
    """
    return transform_views(plan, _number)


def _number(node: Node) -> Node:
    if not isinstance(node, GroupByWindow):
        return node
    limited = [column for column in node.columns if column.call.limit is not None]
    if not limited:
        return node
    ages: dict[tuple[tuple[Expr, ...], tuple[Expr, ...]], Age] = {}
    columns = tuple(
        _by_age(column, _age_of(column, node, ages)) if column in limited else column
        for column in node.columns
    )
    says = "Each of these, with its age among the rows of its window that count: the latest has 1."
    step = Step(node.step.name + "_by_age", says)
    numbered = NumberedInWindow(node.input, tuple(ages.values()), step)
    return replace(node, input=numbered, columns=columns)


def _age_of(
    column: SlideColumn, node: GroupByWindow, ages: dict[tuple[tuple[Expr, ...], tuple[Expr, ...]], Age]
) -> Age:
    """Return the numbers that say how recent a row is, those of an aggregate before if they do."""
    schema = node.input.schema
    whose: tuple[Expr, ...] = tuple(Column(name, schema[name]) for name in (*node.keys, node.end))
    if column.call.where is not None:
        whose = (*whose, is_met(column.call.where))
    order = order_of(column.call, Column(time_of(node.input, "a window"), Instant))
    if (whose, order) not in ages:
        taken = [*schema.names, *node.schema.names, *(age.name for age in ages.values())]
        ages[whose, order] = Age(unused(f"age_for_{column.name}", taken), whose, order)
    return ages[whose, order]


def _by_age(column: SlideColumn, age: Age) -> SlideColumn:
    call = column.call
    latest = Call("<=", (Column(age.name, Int64), Literal(call.limit, Int64)), Boolean)
    return replace(column, call=replace(call, where=both(call.where, latest), limit=None))
