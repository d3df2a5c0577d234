"""Joins."""

from __future__ import annotations

from typing import Any

import sqlfeat as sf
from tests.definitions import derived, events, join, prices, slide, sliding
from tests.support.construct import ALONE, Construct

RATED = derived(sf.Feature("rate", "price * 2"), name="rated", source=prices(), keep_source_fields=True)
PRICES = prices()
OTHERS = events("others")
RECENT = sliding(sf.Feature("total", slide()), name="recent", source=OTHERS)
DAYS = sliding(sf.Feature("total", slide(size="2 days", step="1 day")), name="days", source=OTHERS)
BY_NUMBER = prices(schema={"id": sf.Int64, "price": sf.Float64, "at": sf.String})
BY_TWO = prices(
    schema={"id": sf.String, "n": sf.Int64, "price": sf.Float64, "at": sf.String}, keys=["id", "n"]
)
KNOWN = prices(schema={"id": sf.String, "price": sf.Float64, "known": sf.Timestamp, "at": sf.String})
CHANGED = sliding(
    sf.Feature("total", slide()),
    name="changed",
    source=OTHERS,
    enable_empty_window_output=True,
    skip_same_window_output=True,
)


def joined(transform: sf.JoinTransform, **more: Any) -> sf.DerivedFeatureView:
    return derived(sf.Feature("joined", transform), keep_source_fields=True, **more)


JOINS = (
    Construct("a join onto a source", joined(join()), "join_rows_in_any_order"),
    Construct("onto a derived view", joined(join("rate", RATED, keys=["id"])), "join_onto_derived_view"),
    Construct("onto a sliding view", joined(join("total", RECENT)), "join_onto_sliding_view"),
    Construct(
        "onto a sliding view whose options change what comes out",
        joined(join("total", CHANGED)),
        "join_onto_sliding_view_with_options",
    ),
    Construct(
        "onto a sliding view of days, in New York",
        joined(join("total", DAYS)),
        "join_onto_days_across_daylight_saving",
        timezone="America/New_York",
    ),
    Construct("onto the rows themselves", joined(join(table=PRICES), source=PRICES), "join_onto_itself"),
    Construct("of an expression over a source", joined(join("price * 2")), "join_computed_value"),
    Construct(
        "of an expression over a sliding view",
        joined(join("total * 2", RECENT)),
        "join_expression_onto_sliding_view",
    ),
    Construct(
        "by keys of other names",
        joined(join(keys={"n": "id"}, table=BY_NUMBER)),
        "join_with_renamed_keys",
    ),
    Construct("by two keys", joined(join(table=BY_TWO)), "join_by_two_keys"),
    Construct(
        "by a key that is computed",
        derived(sf.Feature("low", "LOWER(id)"), sf.Feature("joined", join(keys={"low": "id"}))),
        "join_by_computed_key",
    ),
    Construct(
        "by a key of constants that may be NULL",
        derived(sf.Feature("k", "CAST(7 % 0 AS STRING)"), sf.Feature("joined", join(keys={"k": "id"}))),
        ALONE,
    ),
    Construct("`ttl`", joined(join(ttl="30 days")), "join_ttl_at_the_boundary"),
    Construct("`ttl` of 1000 days and more", joined(join(ttl="1000 days")), "spans_of_many_years"),
    Construct("`known_at`", joined(join(table=KNOWN, known_at="known")), "join_known_at"),
    Construct("`tie_breaker`", joined(join(tie_breaker="price")), "join_ties_by_tie_breaker"),
    Construct("no `tie_breaker`", joined(join()), "join_ties_by_greatest_values"),
    Construct("`strict=True` onto a source", joined(join(strict=True)), "join_strictly_before"),
    Construct(
        "`strict=True` onto a view",
        joined(join("rate", RATED, keys=["id"], strict=True)),
        "join_strictly_before_onto_views",
    ),
    Construct(
        "several tables",
        derived(sf.Feature("price", join()), sf.Feature("total", join("total", RECENT))),
        "fraud_features_of_a_shop",
    ),
    Construct("a table named by text", derived("prices.price", tables=[prices()]), "diamond_of_views"),
    Construct(
        "rows up to `max_out_of_orderness` out of order",
        joined(join(), source=events(max_out_of_orderness="1 minute")),
        "spans_of_many_years",
    ),
)
