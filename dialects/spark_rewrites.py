"""What is done to a plan before Spark can say it, in this order."""

from __future__ import annotations

from collections.abc import Callable

from sqlfeat.plan.tables import Plan
from sqlfeat.rewrites.compare_with_previous import compare_with_previous
from sqlfeat.rewrites.count_values_beside_rows import count_values_beside_rows
from sqlfeat.rewrites.derive_event_time import derive_event_time
from sqlfeat.rewrites.finish_lists import finish_lists
from sqlfeat.rewrites.fold_window_filters import fold_window_filters
from sqlfeat.rewrites.join_by_timeline import join_by_timeline
from sqlfeat.rewrites.keep_latest_rows import keep_latest_rows
from sqlfeat.rewrites.narrow_smaller_windows import narrow_smaller_windows
from sqlfeat.rewrites.number_rows_by_age import number_rows_by_age
from sqlfeat.rewrites.range_over_milliseconds import range_over_milliseconds
from sqlfeat.rewrites.reach_back_a_step import reach_back_a_step
from sqlfeat.rewrites.tell_windows_without_rows import tell_windows_without_rows
from sqlfeat.rewrites.unfold_windows import unfold_windows
from sqlfeat.rewrites.vary_around_first import vary_around_first

SPARK_REWRITES: tuple[Callable[[Plan], Plan], ...] = (
    compare_with_previous,
    reach_back_a_step,
    tell_windows_without_rows,
    keep_latest_rows,
    vary_around_first,
    finish_lists,
    fold_window_filters,
    narrow_smaller_windows,
    unfold_windows,
    number_rows_by_age,
    count_values_beside_rows,
    range_over_milliseconds,
    join_by_timeline,
    derive_event_time,
)
