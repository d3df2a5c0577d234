"""Say a point-in-time join as one sorted pass over the rows of both sides."""

from __future__ import annotations

from sqlfeat.expr.nodes import Call, Column, Expr, Literal
from sqlfeat.plan.base import Node, Step, time_of
from sqlfeat.plan.join import AsOfJoin
from sqlfeat.plan.rows import Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.timeline import CarryForward, Timeline
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.matching import joined_values, match_conditions
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, Instant, Int32, Interval, MapType, Timestamp


def join_by_timeline(plan: Plan) -> Plan:
    """Return the plan without AsOfJoin: both sides under each other, the latest version carried forward
    to each row of the left, and then the left rows alone. One sort, whatever the size of the sides.
    """
    return transform_views(plan, _lower)


def _lower(node: Node) -> Node:
    if not isinstance(node, AsOfJoin):
        return node
    taken = node.left.schema.names
    side, version = unused("side", taken), unused("version", taken)
    timeline = _timeline(node, side, version)
    keys = tuple(left for left, _ in node.keys)
    ties = _tie_columns(node, timeline.version_columns)
    age = () if node.known_at is None else (time_of(node.right, "a point-in-time join"), *ties)
    step = _beside(node, "_carried", _carried_says(node, ties))
    carried = CarryForward(timeline, keys, side, version, () if age else ties, step, age)
    return _left_rows(node, carried, side, version)


def _timeline(node: AsOfJoin, side: str, version: str) -> Timeline:
    right_time = time_of(node.right, "a point-in-time join")
    needs_time = node.ttl_ms is not None or node.valid_for is not None or node.known_at is not None
    columns = dict.fromkeys(
        (
            *((node.tie_breaker,) if node.tie_breaker else ()),
            *(joined.column for joined in node.columns),
            *((right_time,) if needs_time else ()),
        )
    )
    return Timeline(
        node.left,
        node.right,
        node.keys,
        tuple(columns),
        side,
        version,
        _left_place(node),
        _since(node),
        node.known_at,
        _beside(node, "_timeline", _timeline_says(node, side)),
    )


def _left_place(node: AsOfJoin) -> int:
    """Return which side counts first at a time: 0 for the left side, if nothing at its time matches."""
    if node.known_at is not None:
        return 1
    return 0 if node.strict else 1


def _since(node: AsOfJoin) -> Expr:
    """Return from which time on a row of the right may be a match, if it was ever known."""
    time: Expr = Column(time_of(node.right, "a point-in-time join"), Instant)
    if node.known_at is None:
        return time
    if node.strict:
        time = Call("PLUS", (time, Literal(1, Interval)), Instant)
    return Call("GREATEST", (time, Column(node.known_at, Timestamp)), Instant)


def _timeline_says(node: AsOfJoin, side: str) -> str:
    keys = ", ".join(left for left, _ in node.keys)
    mine, other = (0, 1) if _left_place(node) == 0 else (1, 0)
    return (
        f"The rows to be joined ({side} {mine}) and the versions that they may match ({side} {other}), "
        f"by {keys} on one timeline."
    )


def _carried_says(node: AsOfJoin, ties: tuple[str, ...]) -> str:
    latest = "before it" if node.strict else "at or before it"
    tied = f"; of versions of one time, the greatest by {', then '.join(ties)}" if ties else ""
    known = ", of those known at its time" if node.known_at is not None else ""
    return f"The same rows, each with the latest version {latest}{known}{tied}."


def _beside(node: AsOfJoin, suffix: str, says: str) -> Step:
    return Step(node.step.name + suffix, says)


def _tie_columns(node: AsOfJoin, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that order versions of one time; a MAP has no order. The time is the same,
    and windows of one key never end at one time.
    """
    if node.valid_for is not None:
        return ()
    schema = node.right.schema
    ordered = (name for name in columns if not isinstance(schema[name], MapType))
    return tuple(name for name in ordered if name != node.right.event_time)


def _left_rows(node: AsOfJoin, carried: Node, side: str, version: str) -> Select:
    left_time = Column(time_of(node.left, "a join"), Instant)
    right_time = Column(time_of(node.right, "a join"), Instant, version)
    matches = match_conditions(node, left_time, right_time)
    joined = dict(joined_values(node, version, matches))
    columns: list[tuple[str, Expr]] = [
        (name, joined.get(name, Column(name, dtype))) for name, dtype in node.schema
    ]
    place = Literal(_left_place(node), Int32)
    is_left = Call("=", (Column(side, Int32), place), Boolean)
    return Select(carried, tuple(columns), node.event_time, node.step, is_left)
