"""What is done to a plan before Flink can say it, in this order."""

from __future__ import annotations

from collections.abc import Callable

from sqlfeat.plan.tables import Plan
from sqlfeat.rewrites.alias_stored_fields import alias_stored_fields
from sqlfeat.rewrites.compare_bytes_as_text import compare_bytes_as_text
from sqlfeat.rewrites.compare_equal_values import compare_equal_values
from sqlfeat.rewrites.compare_times_as_values import compare_times_as_values
from sqlfeat.rewrites.compare_with_previous import compare_with_previous
from sqlfeat.rewrites.delay_strict_views import delay_strict_views
from sqlfeat.rewrites.fold_window_filters import fold_window_filters
from sqlfeat.rewrites.hold_event_time_in_utc import hold_event_time_in_utc
from sqlfeat.rewrites.join_by_versions import join_by_versions
from sqlfeat.rewrites.keep_latest_rows import keep_latest_rows
from sqlfeat.rewrites.keep_window_names_free import keep_window_names_free
from sqlfeat.rewrites.leave_out_unreadable_rows import leave_out_unreadable_rows
from sqlfeat.rewrites.look_before_rows import look_before_rows
from sqlfeat.rewrites.narrow_smaller_windows import narrow_smaller_windows
from sqlfeat.rewrites.put_rows_in_order import put_rows_in_order
from sqlfeat.rewrites.rank_rows_of_windows import rank_rows_of_windows
from sqlfeat.rewrites.reach_back_a_step import reach_back_a_step
from sqlfeat.rewrites.read_bytes_as_text import read_bytes_as_text
from sqlfeat.rewrites.settle_ties import settle_ties
from sqlfeat.rewrites.split_over_windows import split_over_windows
from sqlfeat.rewrites.spread_limited_windows import spread_limited_windows
from sqlfeat.rewrites.spread_windows import spread_windows
from sqlfeat.rewrites.stamp_first_and_last import stamp_first_and_last
from sqlfeat.rewrites.stop_at_times_up_to_epoch import stop_at_times_up_to_epoch
from sqlfeat.rewrites.sum_in_digits import sum_in_digits
from sqlfeat.rewrites.tell_windows_without_rows import tell_windows_without_rows
from sqlfeat.rewrites.tie_constant_keys_to_rows import tie_constant_keys_to_rows
from sqlfeat.rewrites.vary_around_first import vary_around_first
from sqlfeat.rewrites.widen_listed_values import widen_listed_values

FLINK_REWRITES: tuple[Callable[[Plan], Plan], ...] = (
    compare_with_previous,
    keep_window_names_free,
    reach_back_a_step,
    tell_windows_without_rows,
    look_before_rows,
    widen_listed_values,
    spread_limited_windows,
    keep_latest_rows,
    compare_equal_values,
    compare_bytes_as_text,
    read_bytes_as_text,
    settle_ties,
    put_rows_in_order,
    sum_in_digits,
    vary_around_first,
    spread_windows,
    stamp_first_and_last,
    split_over_windows,
    fold_window_filters,
    narrow_smaller_windows,
    delay_strict_views,
    hold_event_time_in_utc,
    rank_rows_of_windows,
    compare_times_as_values,
    tie_constant_keys_to_rows,
    join_by_versions,
    leave_out_unreadable_rows,
    stop_at_times_up_to_epoch,
    alias_stored_fields,
)
