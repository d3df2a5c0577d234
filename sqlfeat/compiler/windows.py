"""Over-window features to windows."""

from __future__ import annotations

from sqlfeat.compiler.building import Building
from sqlfeat.compiler.declared import declare
from sqlfeat.compiler.features import Spec
from sqlfeat.compiler.sources import NAME_THE_TIME, duration_of, require_column
from sqlfeat.dsl.transforms import OverWindowTransform, SlidingWindowTransform
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.aggregates import AGGREGATES, AggregateCall, aggregate
from sqlfeat.expr.nodes import Column, Literal
from sqlfeat.plan.over import Over, OverColumn, Window, windows_in_words
from sqlfeat.types import Interval, Timestamp, Unknown
from sqlfeat.words import in_words


def aggregate_of(spec: Spec, building: Building) -> AggregateCall | None:
    """Return the aggregate of a window feature; None, and the mistake noted, when it has one."""
    transform = spec.transform
    assert isinstance(transform, OverWindowTransform | SlidingWindowTransform)
    assert spec.expr is not None
    arg = building.typed(spec.expr, spec.name)
    where = building.condition(spec.where, spec.name)
    try:
        call = aggregate(str(transform.agg_func), arg, where)
    except ExpressionError as error:
        building.scope.caught(building.view, spec.name, error)
        return None
    if isinstance(transform, SlidingWindowTransform) and AGGREGATES[call.name].of_a_row:
        fault = f"{call.name} counts up to a row, and a sliding window is no row's."
        building.scope.fault(building.view, spec.name, fault, "COUNT counts the rows of a window.")
        return None
    return None if call.type == Unknown else call


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
    if time is None or len(building.scope.problems) > problems:
        return None
    reach = None if size is None else Literal(size, Interval)
    return Window(window_name(size, keys), keys, size, Column(time, Timestamp), reach)


def window_name(size_ms: int | None, keys: tuple[str, ...]) -> str:
    """Return the name of a window, as a reader would call it.

    >>> window_name(120_000, ("user_id",)), window_name(None, ())
    ('last_2_minutes_by_user_id', 'all_so_far')
    """
    span = "all_so_far" if size_ms is None else "last_" + in_words(size_ms).replace(" ", "_")
    return span + ("_by_" + "_and_".join(keys) if keys else "")
