"""Sliding feature views to plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlfeat.compiler.building import Building
from sqlfeat.compiler.derived import add_expressions, add_filter, finish
from sqlfeat.compiler.features import COMPUTED, Spec, batches, is_source_column, specs_of
from sqlfeat.compiler.scope import Relation, Scope
from sqlfeat.compiler.sliding_output import drop_repeated, has_options, without_options
from sqlfeat.compiler.sources import NAME_THE_TIME, check_case, required_duration
from sqlfeat.compiler.windows import aggregate_of, window_keys
from sqlfeat.dsl.transforms import ExpressionTransform, SlidingWindowTransform
from sqlfeat.dsl.views import SlidingFeatureView
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.aggregates import AGGREGATES
from sqlfeat.expr.nodes import BROKEN, Call, Column, Expr, Literal
from sqlfeat.expr.time_formats import EPOCH_FORMATS, split_format
from sqlfeat.plan.slide import DAY_MS, CalendarSteps, RealTimeSteps, Slide, SlideColumn, Steps
from sqlfeat.types import Instant, Int64, Interval, Schema, String, Timestamp, Unknown
from sqlfeat.words import in_words, listed, milliseconds
from sqlfeat.zones import local_midnight_ms


@dataclass(frozen=True)
class Layout:
    """What the windows of one view have in common."""

    keys: tuple[str, ...]
    step_ms: int


def compile_sliding(view: SlidingFeatureView, source: Relation, scope: Scope) -> Relation:
    """Add the view to the scope, and return what its readers see of it.

    A join finds the window that is current, whichever rows come out: it reads a view of its own where
    those are not the same.
    """
    relation = _compile(view, source, scope)
    if scope.problems or not has_options(view):
        return relation
    current = _compile(without_options(view, scope), source, scope)
    return replace(relation, current=current.ref)


def _compile(view: SlidingFeatureView, source: Relation, scope: Scope) -> Relation:
    building = Building(view.name, scope, source.ref, source.visible, f"Each row of {source.name}")
    problems = len(scope.problems)
    specs = [spec for spec in specs_of(view, scope) if _fits(spec, view, building)]
    windows = [spec for spec in specs if isinstance(spec.transform, SlidingWindowTransform)]
    layout = _layout(windows, problems, building)
    if layout is None or not _has_free_names(view, windows, layout, scope):
        return _broken(view, specs, source)
    after = _after_windows(specs, {*layout.keys, view.timestamp_field})
    before = [spec for spec in specs if spec not in after and spec not in windows]
    for batch in batches(before):
        add_expressions(batch, building)
    _check_not_lost(before, layout, building)
    steps = steps_of(layout.step_ms, scope.settings.timezone)
    inputs = [spec.name for spec in before if spec.expr != BROKEN]
    _add_slide(view, windows, layout, steps, building, source)
    building.remember([(spec.name, Unknown) for spec in before if spec.expr == BROKEN])
    _add_time_column(view, building)
    for batch in batches(after):
        add_expressions(batch, building)
    drop_repeated(view, layout.keys, windows, after, building)
    add_filter(view, building)
    visible = _visible(view, layout, specs, inputs, building)
    check_case(visible.names, view.name, scope)
    relation = finish(view, building, visible, layout.keys, view.timestamp_field, source)
    zeros = {spec.name for spec in windows if _is_zero(spec)}
    return replace(relation, steps=steps, zeros=frozenset(zeros))


def _check_not_lost(before: list[Spec], layout: Layout, building: Building) -> None:
    """Note a bare column among the features: a window has many rows, and no one value of it."""
    for spec in before:
        if is_source_column(spec) and spec.name not in layout.keys:
            building.scope.fault(
                building.view,
                spec.name,
                "a column of the source has no one value in a window.",
                "Aggregate it with a SlidingWindowTransform, or make it one of the group_by_keys.",
            )


def _is_zero(spec: Spec) -> bool:
    assert isinstance(spec.transform, SlidingWindowTransform)
    row = AGGREGATES.get(str(spec.transform.agg_func).upper())
    return row is not None and row.zero


def _broken(view: SlidingFeatureView, specs: list[Spec], source: Relation) -> Relation:
    """Return what readers see of a view whose windows are wrong: columns of no known type."""
    transforms = (spec.transform for spec in specs)
    keys = dict.fromkeys(
        key for one in transforms if isinstance(one, SlidingWindowTransform) for key in one.group_by_keys
    )
    names = dict.fromkeys((*keys, view.timestamp_field, *(spec.name for spec in specs)))
    visible = Schema(tuple((name, Unknown) for name in names))
    ref = replace(source.ref, name=view.name, columns=visible, time=source.ref.event_time)
    return Relation(view.name, ref, visible, tuple(keys), view.timestamp_field, source.bounded)


def _has_free_names(view: SlidingFeatureView, windows: list[Spec], layout: Layout, scope: Scope) -> bool:
    """Whether keys, time and window features have names of their own; note those that do not."""
    good = True
    taken = {**dict.fromkeys(layout.keys, "a key"), view.timestamp_field: "the view's timestamp_field"}
    for name in (spec.name for spec in windows if spec.name in taken):
        scope.fault(view.name, name, f"the window feature has the name of {taken[name]}.", "Rename one.")
        good = False
    if view.timestamp_field in layout.keys:
        fault = f"the timestamp_field {view.timestamp_field!r} has the name of a key."
        scope.fault(view.name, None, fault, "Rename one.")
        good = False
    return good


def _fits(spec: Spec, view: SlidingFeatureView, building: Building) -> bool:
    if isinstance(spec.transform, (SlidingWindowTransform, *COMPUTED)):
        return True
    building.scope.fault(
        view.name,
        spec.name,
        f"{type(spec.transform).__name__} does not fit into a SlidingFeatureView.",
        "Compute it in a DerivedFeatureView, and make that the source of this view.",
    )
    building.remember([(spec.name, Unknown)])
    return False


def _layout(windows: list[Spec], problems: int, building: Building) -> Layout | None:
    scope, view = building.scope, building.view
    if not windows:
        if len(scope.problems) == problems:
            fault = "a SlidingFeatureView has no window feature."
            scope.fault(view, None, fault, "Give it a Feature with a SlidingWindowTransform.")
        return None
    if building.node.event_time is None:
        scope.fault(view, None, "the source has no timestamp_field: no windows.", NAME_THE_TIME)
        return None
    layouts = [_layout_of(spec, building) for spec in windows]
    good = [layout for layout in layouts if layout is not None]
    for spec, layout in zip(windows, layouts, strict=True):
        if layout is not None and layout != good[0]:
            scope.fault(
                view,
                spec.name,
                "its group_by_keys or step_size are not those of the view's first window.",
                "All windows of a view have one step and the same keys: make a second view.",
            )
    return good[0] if len(good) == len(windows) else None


def _layout_of(spec: Spec, building: Building) -> Layout | None:
    transform = spec.transform
    assert isinstance(transform, SlidingWindowTransform)
    scope, view = building.scope, building.view
    size = required_duration(transform.window_size, view, "window_size", scope, spec.name)
    step = required_duration(transform.step_size, view, "step_size", scope, spec.name)
    if size is None or step is None:
        return None
    if step <= 0 or size <= 0 or size % step:
        down = max(step, size - size % step) if step > 0 else size
        scope.fault(
            view,
            spec.name,
            f"the window_size ({in_words(size)}) is not a multiple of the step_size ({in_words(step)}).",
            f"Take {in_words(down)} or {in_words(down + step)}." if step > 0 else "A step is above 0.",
        )
        return None
    return Layout(tuple(transform.group_by_keys), step)


def steps_of(step_ms: int, timezone: str) -> Steps:
    """Return where windows end: whole days at local midnights; else in real time, aligned so that one
    ends at midnight by the zone's standard time.

    >>> steps_of(60_000, "Asia/Shanghai"), steps_of(172_800_000, "UTC")
    (RealTimeSteps(step_ms=60000, offset_ms=0), CalendarSteps(days=2))
    """
    if step_ms % DAY_MS == 0:
        return CalendarSteps(step_ms // DAY_MS)
    return RealTimeSteps(step_ms, local_midnight_ms(timezone) % step_ms)


def _after_windows(specs: list[Spec], known: set[str]) -> list[Spec]:
    """Return the expressions that are computed from the windows' rows: over keys, time, windows."""
    after: list[Spec] = []
    available = {
        *known,
        *(s.name for s in specs if isinstance(s.transform, SlidingWindowTransform)),
    }
    for spec in specs:
        is_value = isinstance(spec.transform, COMPUTED) and spec.expr != BROKEN
        if is_value and spec.name not in known and spec.reads <= available:
            after.append(spec)
            available.add(spec.name)
    return after


def _add_slide(
    view: SlidingFeatureView,
    windows: list[Spec],
    layout: Layout,
    steps: Steps,
    building: Building,
    source: Relation,
) -> None:
    columns: list[SlideColumn] = []
    for spec in windows:
        problems = len(building.scope.problems)
        window_keys(spec, building)
        call = aggregate_of(spec, building)
        if call is not None and len(building.scope.problems) == problems:
            assert isinstance(spec.transform, SlidingWindowTransform)
            columns.append(SlideColumn(spec.name, call, milliseconds(spec.transform.window_size)))
    building.says_rows = f"Each {_subject(layout)} and window, stamped with its last millisecond"
    time = building.scope.event_time
    if len(columns) == len(windows) and not building.scope.problems:
        emptied = view.enable_empty_window_output
        step = building.step("windows", _says(columns, layout, source, emptied))
        slide = Slide(building.node, layout.keys, tuple(columns), steps, time, step, emptied)
        building.node = slide
    keys = tuple((key, building.columns[key]) for key in layout.keys if key in building.columns)
    types = {column.name: column.call.type for column in columns}
    results = tuple((spec.name, types.get(spec.name, Unknown)) for spec in windows)
    building.columns = Schema(keys).extend(results)
    casts = [spec for spec in windows if spec.dtype not in (None, types.get(spec.name))]
    add_expressions([_cast_spec(spec) for spec in casts], building)


def _cast_spec(spec: Spec) -> Spec:
    """Return an expression feature that only gives a window feature its declared type."""
    return replace(spec, transform=ExpressionTransform(spec.name), expr=Column(spec.name))


def _subject(layout: Layout) -> str:
    return listed(layout.keys) if layout.keys else "step"


def _says(columns: list[SlideColumn], layout: Layout, source: Relation, emptied: bool) -> str:
    sizes = [in_words(size) for size in sorted({column.size_ms for column in columns})]
    names = listed([column.name for column in columns])
    by = f" per {listed(layout.keys)}" if layout.keys else ""
    last = " One more row comes when the largest window has emptied." if emptied else ""
    return (
        f"{names}{by}, over windows of {listed(sizes)} of {source.name} that end every "
        f"{in_words(layout.step_ms)}; each row is stamped with its window's last millisecond.{last}"
    )


def _add_time_column(view: SlidingFeatureView, building: Building) -> None:
    """Put the column of the window's time on top, in the form that the view asks for."""
    time = Column(building.scope.event_time, Instant)
    try:
        expr = _time_value(view, time)
    except ExpressionError as error:
        building.scope.caught(view.name, None, error)
        expr = BROKEN
    says = f"The same rows, with {view.timestamp_field}, the window's time, as the view shows it."
    if building.scope.problems:
        building.remember([(view.timestamp_field, Unknown)])
    else:
        building.add_columns([(view.timestamp_field, expr)], "with_time", says)


def _time_value(view: SlidingFeatureView, time: Column) -> Expr:
    time_format = view.timestamp_format
    if time_format is None:
        return Call("TIMESTAMP_OF_INSTANT", (time,), Timestamp)
    if time_format in EPOCH_FORMATS:
        unit = Literal(EPOCH_FORMATS[time_format], Interval)
        return Call("NUMBER_OF_INSTANT", (time, unit), Int64)
    split_format(time_format)
    if "%z" in time_format:
        raise ExpressionError(
            f"the timestamp_format {time_format!r} has %z.",
            "The time is shown in the project's time zone, without an offset.",
        )
    return Call("TEXT_OF_INSTANT", (time, Literal(time_format, String)), String)


def _visible(
    view: SlidingFeatureView,
    layout: Layout,
    specs: list[Spec],
    inputs: list[str],
    building: Building,
) -> Schema:
    features = _outputs(specs, inputs)
    names = dict.fromkeys((*layout.keys, view.timestamp_field, *features))
    return Schema(tuple((name, building.columns[name]) for name in names if name in building.columns))


def _outputs(specs: list[Spec], inputs: list[str]) -> Iterator[str]:
    return (spec.name for spec in specs if spec.name not in inputs and not is_source_column(spec))
