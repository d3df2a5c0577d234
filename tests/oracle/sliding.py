"""Sliding feature views: aggregates over windows that end in steps, a row per key and window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlfeat.dsl.transforms import ExpressionTransform, PythonUdfTransform, SlidingWindowTransform
from sqlfeat.expr.builder import to_expr
from sqlfeat.expr.nodes import columns_of
from sqlfeat.types import DataType, Int64, String, Timestamp
from sqlfeat.words import milliseconds

from .aggregates import Measure, measure
from .derived import COMPUTED, computed, copied, keep_matching
from .errors import OracleError
from .features import declared
from .instants import to_datetime
from .relation import Relation, Row, Rows
from .steps import Steps, steps_of
from .time_text import NUMBERS, show_number, show_text
from .values import close, exact_part, floats_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from sqlfeat.dsl.views import Feature, SlidingFeatureView


@dataclass(frozen=True)
class Window:
    """A window feature: its aggregate, how far back it reaches."""

    feature: Feature
    measure: Measure
    size_ms: int


def slide(view: SlidingFeatureView, features: list[Feature], source: Relation, rows: Rows) -> Relation:
    """Return the view. `rows` are the source's; its inputs are computed from them."""
    keys, steps = _layout(view, features, rows.zone)
    inputs = _inputs(view, features, keys)
    for feature in inputs:
        _put_expression(feature, rows)
    windows = [_window(f, rows) for f in features if isinstance(f.transform, SlidingWindowTransform)]
    result = _windows_rows(view, windows, keys, steps, rows)
    current = Rows(dict(result.columns), copied(result.rows), rows.zone)
    if view.enable_empty_window_output:
        result.rows += _emptied(view, windows, keys, steps, result)
    outputs = [feature for feature in features if feature not in inputs]
    names = [*keys, view.timestamp_field, *(feature.name for feature in outputs)]
    for feature in outputs:
        if isinstance(feature.transform, COMPUTED):
            _put_expression(feature, result)
            _put_expression(feature, current)
    if view.skip_same_window_output:
        result.rows = _changed(result.rows, keys, [feature.name for feature in outputs])
    keep_matching(view, result)
    keep_matching(view, current)
    columns, chosen = result.select(names)
    empty = dict.fromkeys(columns) | {w.feature.name: _shown(w, w.measure.none) for w in windows}
    joined = current.select(names)[1]
    return Relation(columns, chosen, keys, view.timestamp_field, steps, empty, joined)


def _layout(
    view: SlidingFeatureView, features: list[Feature], zone: ZoneInfo
) -> tuple[tuple[str, ...], Steps]:
    """Return the keys and steps that all windows of a view have in common."""
    layouts = set()
    for feature in features:
        if isinstance(feature.transform, SlidingWindowTransform):
            transform = feature.transform
            size, step = milliseconds(transform.window_size), milliseconds(transform.step_size)
            if step == 0 or size == 0 or size % step:
                raise OracleError(f"feature {feature.name!r}: the size is no multiple of the step")
            layouts.add((tuple(transform.group_by_keys), step))
        elif not isinstance(feature.transform, COMPUTED):
            kind = type(feature.transform).__name__
            raise OracleError(f"feature {feature.name!r}: a {kind} does not fit here")
    if len(layouts) != 1:
        raise OracleError(f"{view.name}: windows of {len(layouts)} layouts")
    ((keys, step),) = layouts
    return keys, steps_of(step, zone)


def _inputs(view: SlidingFeatureView, features: list[Feature], keys: tuple[str, ...]) -> list[Feature]:
    """Return the expressions that are not over keys, time and window features: inputs of windows.

    An expression that has the name of a key computes that key.
    """
    windows = [f.name for f in features if isinstance(f.transform, SlidingWindowTransform)]
    known = {*keys, view.timestamp_field, *windows}
    inputs: list[Feature] = []
    for feature in features:
        if not isinstance(feature.transform, COMPUTED):
            continue
        reads = _reads(feature)
        if feature.name in keys or not reads <= known:
            inputs.append(feature)
        else:
            known.add(feature.name)
    return inputs


def _reads(feature: Feature) -> set[str]:
    transform = feature.transform
    if isinstance(transform, PythonUdfTransform):
        return set(transform.args)
    assert isinstance(transform, ExpressionTransform)
    return set(columns_of(to_expr(transform.expr)))


def _put_expression(feature: Feature, rows: Rows) -> None:
    dtype, values = computed(feature, rows)
    rows.put(feature.name, *declared(feature, dtype, values))


def _window(feature: Feature, rows: Rows) -> Window:
    transform = feature.transform
    assert isinstance(transform, SlidingWindowTransform)
    aggregate = measure(transform, rows.columns, rows.zone)
    return Window(feature, aggregate, milliseconds(transform.window_size))


def _shown(window: Window, value: object) -> object:
    """Return a window's value in the declared type of its feature."""
    return declared(window.feature, window.measure.type, [value])[1][0]


def _windows_rows(
    view: SlidingFeatureView, windows: list[Window], keys: tuple[str, ...], steps: Steps, rows: Rows
) -> Rows:
    """Return a row per key and end of a window, for which the largest window holds a row."""
    largest = max(window.size_ms for window in windows)
    held: dict[tuple, list[Row]] = {}
    for row in rows.rows:
        assert row.time is not None
        for end in steps.ends_after(row.time, largest):
            held.setdefault((end, row.group(keys)), []).append(row)
    dtype, show = _time_column(view, rows.zone)
    columns = {key: rows.columns[key] for key in keys} | {view.timestamp_field: dtype}
    for window in windows:
        columns[window.feature.name] = window.feature.dtype or window.measure.type
    result = Rows(columns, [], rows.zone)
    for (end, _), inside in held.items():
        values = {key: inside[0].values[key] for key in keys} | {view.timestamp_field: show(end - 1)}
        for window in windows:
            start = steps.start(end, window.size_ms)
            recent = [row for row in inside if row.time >= start]
            values[window.feature.name] = _shown(window, window.measure.of(recent))
        result.rows.append(Row(end - 1, values))
    return result


def _emptied(
    view: SlidingFeatureView, windows: list[Window], keys: tuple[str, ...], steps: Steps, result: Rows
) -> list[Row]:
    """Return a row for each key and window without rows that comes right after one with rows."""
    _, show = _time_column(view, result.zone)
    there = {(row.group(keys), row.time) for row in result.rows}
    emptied: list[Row] = []
    for row in result.rows:
        assert row.time is not None
        time = steps.next_end(row.time + 1) - 1
        if (row.group(keys), time) not in there:
            values = {key: row.values[key] for key in keys} | {view.timestamp_field: show(time)}
            values |= {window.feature.name: _shown(window, window.measure.none) for window in windows}
            emptied.append(Row(time, values))
    return emptied


def _changed(rows: list[Row], keys: tuple[str, ...], features: list[str]) -> list[Row]:
    """Return the rows less those whose features all equal those of the key's row before."""
    before: dict[tuple, list] = {}
    changed: list[Row] = []
    for row in sorted(rows, key=lambda row: row.time or 0):
        values = [row.values[name] for name in features]
        previous = before.get(row.group(keys))
        if previous is None or not _same(values, previous):
            changed.append(row)
        before[row.group(keys)] = values
    return changed


def _same(values: list, others: list) -> bool:
    """Whether values are equal as those of engines have to be: floats nearly."""
    return exact_part(values) == exact_part(others) and close(floats_of(values), floats_of(others))


def _time_column(view: SlidingFeatureView, zone: ZoneInfo) -> tuple[DataType, Callable[[int], object]]:
    """Return the type of the window's time, and what shows an instant in it."""
    time_format = view.timestamp_format
    if time_format is None:
        return Timestamp, to_datetime
    if time_format in NUMBERS:
        return Int64, lambda instant: show_number(instant, time_format)
    return String, lambda instant: show_text(instant, time_format, zone)
