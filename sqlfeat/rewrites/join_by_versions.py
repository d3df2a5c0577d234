"""Say a point-in-time join as a join on a versioned view of the right side."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.join import AsOfJoin
from sqlfeat.plan.rows import Ref, Select
from sqlfeat.plan.tables import Plan, SourceTable, ViewTable
from sqlfeat.plan.versions import (
    LEFT,
    RIGHT,
    InTimeOrder,
    MillisecondLater,
    NumberedByAge,
    VersionJoin,
)
from sqlfeat.plan.walk import nodes_of, transform
from sqlfeat.rewrites.matching import joined_values, match_conditions
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant, Int32, Int64, Interval


@dataclass
class _Lowering:
    """The tables of the plan that is being made."""

    plan: Plan
    sources: list[SourceTable]
    views: list[ViewTable] = field(default_factory=list)
    versions: dict[object, Ref] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)

    def taken(self) -> set[str]:
        made = [*(source.name for source in self.sources), *(view.name for view in self.views)]
        return {*self.plan.taken_names, *(name.casefold() for name in made)}

    def free(self, wanted: str) -> str:
        name, number = wanted, 1
        while name.casefold() in self.taken():
            number += 1
            name = f"{wanted}_{number}"
        return name


def join_by_versions(plan: Plan) -> Plan:
    """Return the plan without AsOfJoin: the right side of each becomes a view of its own, that passes
    its rows on in order of time, and is joined as a versioned table.

    A `strict` join reads a copy of its source whose event time is one millisecond later.
    """
    lowering = _Lowering(plan, list(plan.sources))
    for view in plan.views:
        node = transform(view.node, lambda below: _lower(below, lowering))
        lowering.views.append(replace(view, node=node))
    return replace(plan, sources=tuple(lowering.sources), views=tuple(lowering.views))


def _lower(node: Node, lowering: _Lowering) -> Node:
    if not isinstance(node, AsOfJoin):
        return node
    is_later = isinstance(node.right, MillisecondLater)
    right = _later(node.right, lowering) if node.strict and not is_later else node.right
    versions = _versions(node, right, lowering)
    left_time = Column(time_of(node.left, "a join"), Instant, LEFT)
    right_time = Column(time_of(right, "a join"), Instant, RIGHT)
    on = match_conditions(node, left_time, right_time, 1 if node.strict else 0)
    values = joined_values(node, RIGHT, None)
    return VersionJoin(node.left, versions, node.keys, on, values, node.step)


def _versions(node: AsOfJoin, right: Node, lowering: _Lowering) -> Ref:
    """Return the view of the right side's versions, made once for joins by the same keys."""
    keys = tuple(column for _, column in node.keys)
    identity = (right, keys, node.tie_breaker)
    if identity in lowering.versions:
        return lowering.versions[identity]
    columns = _needed(node, right, keys, lowering.plan)
    name = lowering.free(_table_name(right) + "_by_" + "_and_".join(keys))
    latest = _latest(name, right, keys, columns, node.tie_breaker)
    says = f"{name}: the versions of {_table_name(right)}, each valid from its event time on."
    lowering.views.append(ViewTable(name, latest, tuple(columns), says))
    ref = Ref(name, latest.schema, latest.event_time)
    lowering.versions[identity] = ref
    return ref


def _table_name(right: Node) -> str:
    name = next(node.name for node in nodes_of(right) if isinstance(node, Ref))
    return name + "_a_millisecond_later" if isinstance(right, MillisecondLater) else name


def _needed(node: AsOfJoin, right: Node, keys: tuple[str, ...], plan: Plan) -> tuple[str, ...]:
    """Return the columns that any join on these versions reads, in the right side's order."""
    joins = [
        below
        for view in plan.views
        for below in nodes_of(view.node)
        if isinstance(below, AsOfJoin)
        and below.right == node.right
        and tuple(column for _, column in below.keys) == keys
    ]
    read = {joined.column for join in joins for joined in join.columns}
    wanted = {*keys, *read, time_of(right, "a join")}
    return tuple(name for name in right.schema.names if name in wanted)


def _latest(
    name: str, right: Node, keys: tuple[str, ...], columns: tuple[str, ...], tie_breaker: str | None
) -> Select:
    taken = right.schema.names
    marker = unused("peers" if tie_breaker is None else "greatest_" + tie_breaker, taken)
    kept = columns if tie_breaker is None or tie_breaker in columns else (*columns, tie_breaker)
    tied = "the latest to arrive" if tie_breaker is None else f"the greatest {tie_breaker}"
    ordered = InTimeOrder(
        right,
        keys,
        kept,
        tie_breaker,
        marker,
        Step(
            "in_time_order",
            "The rows in the order of their event time, whatever order they arrive in.",
        ),
    )
    says = f"The rows of each key, numbered from the latest; of rows of one time, {tied} counts."
    numbered = NumberedByAge(ordered, unused("age", taken), Step("numbered", says))
    where: Expr = Call("=", (Column(numbered.age, Int64), Literal(1, Int32)), Boolean)
    for key in keys:
        present = Call("IS NOT NULL", (Column(key, right.schema[key]),), Boolean)
        where = Call("AND", (where, present), Boolean)
    selected: tuple[tuple[str, Expr], ...] = tuple(
        (column, Column(column, right.schema[column])) for column in columns
    )
    return Select(numbered, selected, right.event_time, Step(name + "_latest", ""), where)


def _later(right: Node, lowering: _Lowering) -> Node:
    """Return the right side over copies of its sources whose time is one millisecond later."""

    def change(node: Node) -> Node:
        if not isinstance(node, Ref):
            return node
        source = lowering.plan.source(node.name)
        assert source is not None, "the rows of a view were put later before"
        assert source.time is not None
        if node.name not in lowering.later:
            later = Call("PLUS", (source.time.expr, Literal(1, Interval)), Instant)
            time = replace(source.time, expr=later)
            copy = lowering.free(source.name + "_a_millisecond_later")
            lowering.sources.append(replace(source, name=copy, time=time))
            lowering.later[node.name] = copy
        return replace(node, name=lowering.later[node.name])

    return transform(right, change)
