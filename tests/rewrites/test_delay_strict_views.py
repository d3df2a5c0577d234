"""Strict joins onto views, whose rows are a millisecond later."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature, JoinTransform
from sqlfeat.rewrites.delay_strict_views import delay_strict_views
from sqlfeat.rewrites.hold_event_time_in_utc import hold_event_time_in_utc
from sqlfeat.rewrites.join_by_versions import join_by_versions
from tests.rewrites.plans import (
    below_columns,
    derived,
    lines,
    plan,
    prices,
    schemas,
    slide,
    sliding,
    text,
)

RATED = sf.DerivedFeatureView(
    "rated", source=prices(), features=[Feature("window_end", "price * 2")], keep_source_fields=True
)
RECENT = sliding(Feature("total", slide("price", "SUM")), name="recent", source=prices())


def joined(table: object, expr: str, **more: object) -> sf.DerivedFeatureView:
    return derived(Feature("x", JoinTransform(table, expr, **{"strict": True, **more})))


def test_before_and_after() -> None:
    made = plan(joined(RATED, "price"))
    assert below_columns(delay_strict_views(made)) == lines("""
        AsOfJoin
          . keys: id, id
          . columns: JoinedColumn(name='x', column='price', zero=False)
          . strict: True
          events
          MillisecondLater
            . columns: id, id
            . columns: price, price
            . columns: version, version
            . columns: at, at
            . columns: window_end, window_end_of_row
            . columns: event_time, event_time
            Select
              . columns: event_time = event_time
              . columns: id = id
              . columns: price = price
              . columns: version = version
              . columns: at = at
              . columns: window_end_of_row = window_end
              . time: event_time
              rated
        """)


def test_what_a_reader_sees_stays() -> None:
    made = plan(joined(RATED, "price"))
    assert schemas(delay_strict_views(made)) == schemas(made)


def test_versions_are_named_after_the_view() -> None:
    after = join_by_versions(delay_strict_views(plan(joined(RATED, "price"))))
    assert [view.name for view in after.views] == ["rated", "rated_a_millisecond_later_by_id", "view"]


def test_a_window_is_current_until_the_next_one_all_the_same() -> None:
    after = join_by_versions(delay_strict_views(plan(joined(RECENT, "total"))))
    assert ". on: <(l.event_time, PLUS(r.event_time, 59999))" in below_columns(after)


def test_event_time_is_held_in_utc() -> None:
    made = delay_strict_views(plan(joined(RATED, "price"), timezone="America/New_York"))
    assert "UTC_OF_INSTANT" not in text(made, "source prices")
    assert "UTC_OF_INSTANT" in text(hold_event_time_in_utc(made), "source prices")


def test_nothing_to_do() -> None:
    for target in (joined(prices(), "price"), joined(RATED, "price", strict=False)):
        made = plan(target)
        assert delay_strict_views(made) == made
