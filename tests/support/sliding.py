"""Sliding windows."""

from __future__ import annotations

from typing import Any

import sqlfeat as sf
from sqlfeat.expr.aggregates import AGGREGATES
from tests.definitions import slide, sliding
from tests.support.construct import ALONE, Construct
from tests.support.types import TYPES, of_type

NEW_YORK = "America/New_York"
BOTH = {"enable_empty_window_output": True, "skip_same_window_output": True}
SHOWN_BY = {
    "COLLECT_LIST": "sliding_lists_and_value_counts",
    "VALUE_COUNTS": "sliding_lists_and_value_counts",
    **dict.fromkeys(
        ("COUNT_DISTINCT", "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP"),
        "sliding_distinct_and_deviations",
    ),
}
FORMATS = {
    "epoch": "sliding_epoch_time_and_view_filter",
    "epoch_millis": "sliding_epoch_millis_time",
    "%Y-%m-%d %H:%M:%S.%f": "sliding_windows_of_three_years",
    "%Y-%m-%d %H:%M:%S %z": "sliding_timestamp_time",
}


def view(*transforms: Any, **more: Any) -> sf.SlidingFeatureView:
    return sliding(*(sf.Feature(f"f{n}", t) for n, t in enumerate(transforms)), **more)


def days(**more: Any) -> sf.SlidingWindowTransform:
    return slide(**{"size": "2 days", "step": "1 day", **more})


WINDOWS = (
    Construct("windows of a size that end in steps, per key", view(slide()), "sliding_two_sizes"),
    Construct("without keys", view(slide(keys=())), "sliding_without_keys"),
    Construct("a key that is NULL", view(slide()), "sliding_null_key"),
    Construct("several sizes", view(slide(), slide(size="1 hour")), "sliding_two_sizes"),
    Construct("of days", view(days(size="40 days")), "sliding_steps_of_two_days"),
    Construct("of days, in New York", view(days()), "sliding_days_in_spring", timezone=NEW_YORK),
    Construct(
        "of hours, in New York",
        view(slide(size="2 hours", step="1 hour")),
        "sliding_hours_in_spring",
        timezone=NEW_YORK,
    ),
    Construct(
        "of days beside hours in one script, in New York",
        view(days(expr="f0"), source=view(slide(size="2 hours", step="1 hour"), name="hours")),
        ALONE,
        timezone=NEW_YORK,
    ),
    Construct("of 1000 days and more", view(days(size="1000 days")), "sliding_windows_of_three_years"),
    Construct("`filter_expr`", view(slide(where="n > 1")), "sliding_with_filter"),
    Construct("`limit`", view(slide(limit=2)), "sliding_latest_rows_only"),
    Construct(
        "`limit` with `filter_expr`", view(slide(limit=2, where="n > 1")), "sliding_latest_rows_only"
    ),
    Construct(
        "`limit` with `tie_breaker`", view(slide(limit=2, tie_breaker="n")), "sliding_latest_rows_only"
    ),
    Construct(
        "`limit` beside none",
        view(slide(limit=2), slide(), slide(limit=3, size="1 hour")),
        "sliding_latest_rows_only",
    ),
    Construct(
        "MIN and MAX of BYTES",
        view(slide("n", "MIN"), source=of_type(sf.Bytes)),
        "extremes_of_bytes",
    ),
    Construct(
        "`skip_same_window_output` with a nested value that engines compare differently",
        view(
            slide("n", "LAST_VALUE"), source=of_type(sf.Array(sf.Float64)), skip_same_window_output=True
        ),
        ALONE,
    ),
    Construct(
        "`enable_empty_window_output`",
        view(slide(), enable_empty_window_output=True),
        "sliding_empty_window_output",
    ),
    Construct(
        "`skip_same_window_output`", view(slide(), skip_same_window_output=True),
        "sliding_skip_same_window_output",
    ),
    Construct("both", view(slide(), **BOTH), "sliding_empty_rows_and_no_repeated_ones"),
    *(
        Construct(f'`timestamp_format="{said}"`', view(slide(), timestamp_format=said), shown)
        for said, shown in FORMATS.items()
    ),
    Construct(
        "a key that is computed",
        sliding(sf.Feature("id", "LOWER(id)"), sf.Feature("f", slide())),
        "sliding_computed_key",
    ),
    Construct(
        "a feature computed from window features",
        sliding(sf.Feature("f", slide()), sf.Feature("g", "f * 2")),
        "sliding_expressions_before_and_after",
    ),
    Construct(
        "the view's `filter_expr`", view(slide(), filter_expr="f0 > 1"),
        "sliding_epoch_time_and_view_filter",
    ),
    Construct(
        "over the rows of a sliding view",
        view(slide("f0"), source=view(slide(), name="below")),
        "chained_sliding_view",
    ),
)  # fmt: skip

AGGREGATES_SLIDING = tuple(
    Construct(
        name,
        view(slide("n", name)),
        SHOWN_BY.get(name, "sliding_all_aggregates"),
    )
    for name in AGGREGATES
    if name != "ROW_NUMBER"
)

FIRST_AND_LAST = tuple(
    Construct(
        f"of {name}", view(slide("n", "LAST_VALUE"), source=of_type(dtype)),
        ALONE,
    )
    for name, dtype in TYPES.items()
)  # fmt: skip
