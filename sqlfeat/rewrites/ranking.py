"""The steps from the rows of windows to aggregates that depend on the rows' order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.ranked_windows import HopOfRows, LatestOfWindow, MapOfValues, ValuesOfWindow
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import Slide, SlideColumn
from sqlfeat.plan.windows_of_rows import GroupByWindow
from sqlfeat.rewrites.recency import both, is_met, known, order_of
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant

MOST = 1_000_000_000_000
"""More rows than a window holds: a rank needs a bound."""


@dataclass(frozen=True)
class OrderOfRows:
    """Which rows of a window are ranked, by what, and how many count."""

    where: Expr | None
    order: tuple[Expr, ...]
    newest_first: bool
    limit: int | None


def order_of_rows(call: AggregateCall, node: Slide) -> OrderOfRows:
    """Return the order that an aggregate needs. The first or last of all rows is the first in an order
    of those that have a value.
    """
    order = order_of(call, Column(time_of(node.input, "a sliding window"), Instant))
    if call.limit is None and call.name in ("FIRST_VALUE", "LAST_VALUE"):
        return OrderOfRows(both(call.where, known(call)), order, call.name == "LAST_VALUE", 1)
    return OrderOfRows(call.where, order, True, call.limit)


def from_ranked_rows(
    ranks: OrderOfRows, columns: list[SlideColumn], rows: HopOfRows, node: Slide, step: Step
) -> Node:
    """Return the aggregates of one order."""
    ranked, counts = _ranked(ranks, columns[0].name, rows, node, step)
    calls = (replace(c, call=_of_ranked(c.call, ranks, counts)) for c in columns)
    return GroupByWindow(ranked, node.keys, "window_end", tuple(calls), node.time, step)


def _ranked(
    ranks: OrderOfRows, name: str, rows: HopOfRows, node: Slide, step: Step
) -> tuple[Node, Column | None]:
    """Return the rows that are needed, and the column that says which of them count, if not all."""
    below: Node = rows
    counts: Column | None = None
    taken = [*rows.schema.names, *node.schema.names]
    if ranks.where is not None:
        counts = Column(unused(f"{name}_counts", taken), Boolean)
        says = f"The same, with {counts.name}: whether the row counts for {name}."
        derived = ((counts.name, is_met(ranks.where)),)
        below = Derive(rows, derived, Step(step.name + "_matching", says))
    age = unused(f"{name}_age", taken)
    end = "latest" if ranks.newest_first else "oldest"
    which = "all" if ranks.limit is None else f"the {ranks.limit} {end}"
    says = f"Of these, {which} of each window, from the {end}."
    latest = LatestOfWindow(
        below,
        node.keys,
        None if counts is None else counts.name,
        ranks.order,
        ranks.newest_first,
        ranks.limit or MOST,
        age,
        Step(step.name + "_ranked", says),
    )
    return latest, counts


def _of_ranked(call: AggregateCall, ranks: OrderOfRows, counts: Column | None) -> AggregateCall:
    """Return the aggregate over rows that come in their order."""
    plain = replace(call, where=counts, limit=None, tie_breaker=None)
    name = {
        "COLLECT_LIST": "LIST_FROM_NEWEST",
        "FIRST_VALUE": "LAST_IN_ORDER" if ranks.newest_first else "FIRST_IN_ORDER",
        "LAST_VALUE": "FIRST_IN_ORDER",
    }.get(call.name)
    if name is None:
        return plain
    return replace(plain, name=name, where=both(counts, known(call)))


def counted_values(column: SlideColumn, rows: HopOfRows, node: Slide, step: Step) -> Node:
    """Return how often each value is in a window, as a map."""
    call = column.call
    below: Node = rows
    where: Expr | None = call.where
    if call.limit is not None:
        below, where = _ranked(order_of_rows(call, node), column.name, rows, node, step)
    assert call.arg is not None
    taken = [*below.schema.names, *node.schema.names]
    value, times = unused(f"{column.name}_value", taken), unused(f"{column.name}_times", taken)
    dtype = type_of(call.arg)
    counted = call.arg if where is None else Call("CASE", (where, call.arg, Literal(None, dtype)), dtype)
    says = f"The same, with {value}: what the row counts for, NULL if it does not count."
    valued = Derive(below, ((value, counted),), Step(step.name + "_values", says))
    says = "How often each value is in each window."
    each = ValuesOfWindow(valued, node.keys, value, times, Step(step.name + "_counted", says))
    return MapOfValues(each, node.time, column.name, call.type, step)
