"""What is done to a plan before Flink's batch mode can say it, in this order."""

from __future__ import annotations

from collections.abc import Callable

from sqlfeat.plan.tables import Plan
from sqlfeat.rewrites.alias_stored_fields import alias_stored_fields
from sqlfeat.rewrites.carry_newest_known import carry_newest_known
from sqlfeat.rewrites.compare_bytes_as_text import compare_bytes_as_text
from sqlfeat.rewrites.compare_equal_values import compare_equal_values
from sqlfeat.rewrites.compare_with_previous import compare_with_previous
from sqlfeat.rewrites.count_distinct_in_lists import count_distinct_in_lists
from sqlfeat.rewrites.derive_event_time import derive_event_time
from sqlfeat.rewrites.fold_window_filters import fold_window_filters
from sqlfeat.rewrites.join_by_timeline import join_by_timeline
from sqlfeat.rewrites.keep_latest_rows import keep_latest_rows
from sqlfeat.rewrites.keep_window_names_free import keep_window_names_free
from sqlfeat.rewrites.narrow_smaller_windows import narrow_smaller_windows
from sqlfeat.rewrites.number_windows_of_rows import number_windows_of_rows
from sqlfeat.rewrites.rank_rows_of_windows import rank_rows_of_windows
from sqlfeat.rewrites.reach_back_a_step import reach_back_a_step
from sqlfeat.rewrites.settle_ties import settle_ties
from sqlfeat.rewrites.share_equal_windows import share_equal_windows
from sqlfeat.rewrites.sort_rows_of_windows import sort_rows_of_windows
from sqlfeat.rewrites.spread_limited_windows import spread_limited_windows
from sqlfeat.rewrites.spread_windows import spread_windows
from sqlfeat.rewrites.stamp_first_and_last import stamp_first_and_last
from sqlfeat.rewrites.tell_windows_without_rows import tell_windows_without_rows
from sqlfeat.rewrites.vary_around_first import vary_around_first
from sqlfeat.rewrites.widen_listed_values import widen_listed_values

FLINK_BATCH_REWRITES: tuple[Callable[[Plan], Plan], ...] = (
    compare_with_previous,
    keep_window_names_free,
    reach_back_a_step,
    tell_windows_without_rows,
    widen_listed_values,
    spread_limited_windows,
    keep_latest_rows,
    compare_equal_values,
    compare_bytes_as_text,
    settle_ties,
    sort_rows_of_windows,
    vary_around_first,
    spread_windows,
    stamp_first_and_last,
    fold_window_filters,
    narrow_smaller_windows,
    rank_rows_of_windows,
    count_distinct_in_lists,
    number_windows_of_rows,
    join_by_timeline,
    carry_newest_known,
    derive_event_time,
    share_equal_windows,
    alias_stored_fields,
)
