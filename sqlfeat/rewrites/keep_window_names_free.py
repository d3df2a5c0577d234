"""Rename columns that have the names which an engine gives to a window's start, end and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Column, Expr, columns_of, rename_columns
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.rows import Select
from sqlfeat.plan.slide import Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused

WINDOW_NAMES = frozenset(("window_start", "window_end", "window_time"))


def keep_window_names_free(plan: Plan) -> Plan:
    """Return the plan in which no input of a sliding window has a column named window_start, window_end
    or window_time: those that the windows read get other names, and keys get theirs back.

    The event time stands first: a planner that finds all columns where they were keeps their names.
    """
    return transform_views(plan, _free)


def _free(node: Node) -> Node:
    if not isinstance(node, Slide) or not WINDOW_NAMES & set(node.input.schema.names):
        return node
    schema = node.input.schema
    time = time_of(node.input, "a sliding window")
    read = {*node.keys, *_read(node)} - {time}
    kept = [time, *(name for name in schema.names if name in read)]
    names = {name: unused(name + "_of_row", schema.names) for name in kept if name in WINDOW_NAMES}
    says = "The columns that the windows need, beside those that they will have."
    inner = tuple((names.get(name, name), Column(name, schema[name])) for name in kept)
    rows = Select(node.input, inner, node.input.event_time, Step(node.step.name + "_input", says))
    columns = tuple(replace(c, call=_renamed(c.call, names)) for c in node.columns)
    keys = tuple(names.get(key, key) for key in node.keys)
    freed = replace(node, input=rows, keys=keys, columns=columns)
    return freed if keys == node.keys else _with_keys(freed, node)


def _read(node: Slide) -> Iterator[str]:
    for column in node.columns:
        for expr in (column.call.arg, column.call.where, column.call.tie_breaker):
            yield from columns_of(expr) if expr is not None else ()


def _renamed(call: AggregateCall, names: dict[str, str]) -> AggregateCall:
    def change(expr: Expr) -> Expr:
        return rename_columns(expr, names)

    tie_breaker = call.tie_breaker
    if tie_breaker is not None:
        tie_breaker = replace(tie_breaker, name=names.get(tie_breaker.name, tie_breaker.name))
    return replace(
        call,
        arg=None if call.arg is None else change(call.arg),
        where=None if call.where is None else change(call.where),
        tie_breaker=tie_breaker,
    )


def _with_keys(freed: Slide, node: Slide) -> Select:
    """Return the windows' rows with the names that their keys had."""
    before = dict(zip(node.schema.names, freed.schema.names, strict=True))
    columns = tuple((name, Column(before[name], dtype)) for name, dtype in node.schema)
    inside = replace(freed, step=Step(node.step.name + "_renamed", "The windows, their keys renamed."))
    return Select(inside, columns, node.event_time, node.step)
