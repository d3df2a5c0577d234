"""Over windows."""

from __future__ import annotations

from typing import Any

import sqlfeat as sf
from sqlfeat.expr.aggregates import AGGREGATES
from tests.definitions import derived, join, over
from tests.support.construct import ALONE, Construct
from tests.support.types import TYPES, of_type


def view(*transforms: Any, **more: Any) -> sf.DerivedFeatureView:
    return derived(*(sf.Feature(f"f{n}", t) for n, t in enumerate(transforms)), **more)


SHOWN_BY = {
    "SUM": "over_null_inputs",
    "COUNT": "over_null_inputs",
    "COUNT_DISTINCT": "over_distinct",
    "AVG": "over_null_inputs",
    "MIN": "over_null_inputs",
    "MAX": "over_windows_over_windows",
    "FIRST_VALUE": "over_first_and_last_of_ties",
    "LAST_VALUE": "over_first_and_last_of_ties",
    "COLLECT_LIST": "over_lists",
    "ROW_NUMBER": "over_closed_right",
    "VAR_POP": "over_variance",
    "VAR_SAMP": "over_variance",
    "STDDEV_POP": "over_variance",
    "STDDEV_SAMP": "over_variance",
    "VALUE_COUNTS": "over_value_counts",
}

WINDOWS = (
    Construct("a window of a size, per key", view(over()), "over_boundary_is_inclusive"),
    Construct("without keys", view(over(keys=())), "over_everything_so_far"),
    Construct("`window_size=None`", view(over(size=None)), "over_everything_so_far"),
    Construct("of milliseconds", view(over(size="3 milliseconds")), "over_rows_of_one_millisecond"),
    Construct("of days", view(over(size="40 days")), "over_a_day_across_daylight_saving"),
    Construct("of 1000 days and more", view(over(size="1000 days")), "spans_of_many_years"),
    Construct('`closed="right"`', view(over(closed="right")), "over_closed_right"),
    Construct('`closed="left"`', view(over(closed="left")), "over_before_a_row"),
    Construct('`closed="none"`', view(over(closed="none")), "over_before_a_row"),
    Construct(
        '`closed="left"` with a list',
        view(over("n", "COLLECT_LIST", closed="left")),
        "over_before_a_row",
    ),
    Construct('`closed="left"` with a `limit`', view(over(limit=2, closed="left")), "over_before_a_row"),
    Construct("`filter_expr`", view(over(where="n > 1")), "over_with_filter"),
    Construct("`limit`", view(over(limit=2)), "over_limit"),
    Construct("`limit` with `filter_expr`", view(over(limit=2, where="n > 1")), "over_limit"),
    Construct("`limit` with `tie_breaker`", view(over(limit=2, tie_breaker="n")), "over_limit"),
    Construct(
        "several sizes and keys",
        view(over(), over(size="1 hour"), over(keys=["n"])),
        "over_several_sizes_and_keys",
    ),
    Construct(
        "over the result of another",
        derived(sf.Feature("a", over()), sf.Feature("b", over("a", size="1 hour"))),
        "over_windows_over_windows",
    ),
    Construct(
        "over a joined value",
        derived(sf.Feature("price", join()), sf.Feature("b", over("price"))),
        "over_joined_values",
    ),
    Construct("a key that is NULL", view(over(keys=["n"])), "over_null_key_is_a_group"),
    Construct("rows out of order", view(over()), "over_rows_out_of_order"),
)

AGGREGATES_OVER = tuple(
    Construct(name, view(over("n", name)), SHOWN_BY.get(name, ALONE)) for name in AGGREGATES
)

FIRST_AND_LAST = tuple(
    Construct(f"of {name}", view(over("n", "LAST_VALUE"), source=of_type(dtype)), ALONE)
    for name, dtype in TYPES.items()
)
