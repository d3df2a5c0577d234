"""Over-window features to windows."""

from __future__ import annotations

from sqlfeat.compiler.building import Building
from sqlfeat.compiler.declared import declare
from sqlfeat.compiler.features import Spec
from sqlfeat.compiler.sources import NAME_THE_TIME, duration_of, require_column
from sqlfeat.dsl.transforms import OverWindowTransform, SlidingWindowTransform
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.aggregates import AggregateCall, aggregate
from sqlfeat.expr.nodes import Column, Literal
from sqlfeat.plan.over import Over, OverColumn, Window, windows_in_words
from sqlfeat.types import ArrayType, Instant, Interval, MapType, StructType, Unknown
from sqlfeat.words import in_words


def aggregate_of(spec: Spec, building: Building) -> AggregateCall | None:
    """Return the aggregate of a window feature; None, and the mistake noted, when it has one."""
    transform = spec.transform
    assert isinstance(transform, OverWindowTransform | SlidingWindowTransform)
    assert spec.expr is not None
    arg = building.typed(spec.expr, spec.name)
    where = building.condition(spec.where, spec.name)
    tie_breaker = _tie_breaker(transform.tie_breaker, spec, building)
    try:
        call = aggregate(str(transform.agg_func), arg, where, transform.limit, tie_breaker)
    except ExpressionError as error:
        building.scope.caught(building.view, spec.name, error)
        return None
    if isinstance(transform, SlidingWindowTransform) and str(transform.agg_func).upper() == "ROW_NUMBER":
        fault = "ROW_NUMBER counts up to a row, and a sliding window is no row's."
        building.scope.fault(building.view, spec.name, fault, "COUNT counts the rows of a window.")
        return None
    return None if call.type == Unknown else call


def _tie_breaker(name: str | None, spec: Spec, building: Building) -> Column | None:
    role, scope = "the tie_breaker", building.scope
    if name is None or not require_column(name, building.columns, building.view, spec.name, role, scope):
        return None
    dtype = building.columns[name]
    if isinstance(dtype, ArrayType | MapType | StructType):
        fault = f"the tie_breaker {name!r} is {dtype}, which has no order."
        scope.fault(building.view, spec.name, fault, "Compute a column that has one.")
    return Column(name, dtype)


def window_keys(spec: Spec, building: Building) -> tuple[str, ...]:
    """Return the group_by_keys of a window feature; those that are no columns are noted."""
    transform = spec.transform
    assert isinstance(transform, OverWindowTransform | SlidingWindowTransform)
    for key in transform.group_by_keys:
        require_column(
            key, building.columns, building.view, spec.name, "the group_by_key", building.scope
        )
    return tuple(transform.group_by_keys)


def add_windows(specs: list[Spec], building: Building) -> None:
    """Put the window features on top of the view, in one node."""
    columns: list[OverColumn] = []
    for spec in specs:
        problems = len(building.scope.problems)
        window = _window(spec, building)
        call = aggregate_of(spec, building)
        if call is None or window is None or len(building.scope.problems) > problems:
            building.remember([(spec.name, Unknown)])
        else:
            columns.append(OverColumn(spec.name, call, window))
    if columns:
        one = len({column.window for column in columns}) == 1
        which = windows_in_words(columns) if one else "each feature over its window, named below"
        says = f"{building.says_rows}, with {which}."
        step = building.step("with_windows", says)
        building.put(lambda input_: Over(input_, tuple(columns), step))
        building.remember([(c.name, c.call.type) for c in columns])
    declare(specs, building)


def _window(spec: Spec, building: Building) -> Window | None:
    transform = spec.transform
    assert isinstance(transform, OverWindowTransform)
    keys = window_keys(spec, building)
    problems = len(building.scope.problems)
    size = duration_of(transform.window_size, building.view, "window_size", building.scope, spec.name)
    time = building.node.event_time
    if time is None:
        fault = "the view's source has no timestamp_field: no windows."
        building.scope.fault(building.view, spec.name, fault, NAME_THE_TIME)
    if size is not None and size < SHORTEST_MS[transform.closed]:
        fault = f"a window of {in_words(size)} with closed={transform.closed!r} holds no row."
        building.scope.fault(building.view, spec.name, fault, "Take a longer one, or close both ends.")
    if time is None or len(building.scope.problems) > problems:
        return None
    return made_window(size, keys, Column(time, Instant), transform.closed)


SHORTEST_MS = {"both": 0, "right": 1, "left": 1, "none": 2}
"""The shortest window that holds an instant, by what is closed: instants are whole milliseconds."""


def made_window(size_ms: int | None, keys: tuple[str, ...], time: Column, closed: str) -> Window:
    """Return a window over event time. An end that is not closed is a millisecond nearer."""
    has_start, has_end = closed in ("both", "left"), closed in ("both", "right")
    reach = None if size_ms is None else Literal(size_ms if has_start else size_ms - 1, Interval)
    until = None if has_end else Literal(1, Interval)
    if size_ms is None:
        closed = "both" if has_end else "left"
    name = window_name(size_ms, keys, closed)
    return Window(name, keys, size_ms, time, reach, until, closed)


def window_name(size_ms: int | None, keys: tuple[str, ...], closed: str = "both") -> str:
    """Return the name of a window, as a reader would call it.

    >>> window_name(120_000, ("user_id",)), window_name(None, ()), window_name(1000, (), "none")
    ('last_2_minutes_by_user_id', 'all_so_far', 'within_1_second_before')
    """
    if size_ms is None:
        span = "all_so_far" if closed in ("both", "right") else "all_before"
    else:
        within = "last_" if closed in ("both", "left") else "within_"
        before = "" if closed in ("both", "right") else "_before"
        span = within + in_words(size_ms).replace(" ", "_") + before
    return span + ("_by_" + "_and_".join(keys) if keys else "")
