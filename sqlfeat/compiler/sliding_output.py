"""Which of a sliding view's rows come out, beside one for each window that holds a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlfeat.compiler.building import Building
from sqlfeat.compiler.features import Spec
from sqlfeat.compiler.scope import Scope, fresh
from sqlfeat.dsl.views import SlidingFeatureView
from sqlfeat.plan.repeats import DropRepeated
from sqlfeat.words import listed


def has_options(view: SlidingFeatureView) -> bool:
    """Whether other rows come out than one for each window that holds a row."""
    return view.enable_empty_window_output or view.skip_same_window_output


def without_options(view: SlidingFeatureView, scope: Scope) -> SlidingFeatureView:
    """Return the view with a row for each window that holds one, under a name that nothing has."""
    tables = [*scope.taken, *(made.name for made in scope.views)]
    name = fresh(view.name + "_current", tables)
    return replace(view, name=name, enable_empty_window_output=False, skip_same_window_output=False)


def drop_repeated(
    view: SlidingFeatureView,
    keys: tuple[str, ...],
    windows: Sequence[Spec],
    after: Sequence[Spec],
    building: Building,
) -> None:
    """Leave out the rows whose features all equal those of the key's row before it, if the view says so.

    An expression over the windows' features says what they say; one that reads the time may not.
    """
    if not view.skip_same_window_output:
        return
    timed = {view.timestamp_field}
    for spec in after:
        if spec.reads & timed:
            timed.add(spec.name)
    columns = (*(spec.name for spec in windows), *(spec.name for spec in after if spec.name in timed))
    whose = f" of the same {listed(keys)}" if keys else ""
    says = f"Of these, the rows that differ in {listed(columns)} from the row before{whose}."
    step = building.step("changed", says)
    building.put(lambda input_: DropRepeated(input_, keys, columns, step))
