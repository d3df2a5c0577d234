"""The newest of the versions that are known, by numbers."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.carry_newest_known import carry_newest_known
from sqlfeat.rewrites.join_by_timeline import join_by_timeline
from tests.rewrites.plans import TIME, below_columns, derived, lines, plan, prices, schemas

KNOWN = sf.FileSystemSource(
    "known_prices",
    path="prices.json",
    schema={"id": sf.String, "price": sf.Float64, "known": sf.Timestamp, "at": sf.String},
    keys=["id"],
    **TIME,
)
VIEW = derived(Feature("price", sf.JoinTransform(KNOWN, "price", keys=["id"], known_at="known")))


def test_before_and_after() -> None:
    made = join_by_timeline(plan(VIEW))
    assert "CarryForward" in below_columns(made)
    assert below_columns(carry_newest_known(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: price = version.price
          . time: event_time
          . where: =(side, 1)
          Select
            . columns: id = id
            . columns: n = n
            . columns: at = at
            . columns: event_time = event_time
            . columns: side = side
            . columns: version = version
            . time: event_time
            Over
              . columns: version = FIRST_VALUE(version): STRUCT<price: DOUBLE, event_time: INSTANT> over of_newest_by_id
              Over
                . columns: newest = MIN(CASE(IS NOT NULL(version), version_number, None)): BIGINT over so_far_by_id
                NumberedInWindow
                  . ages: version_number = ROW_NUMBER by Column(name='id', type=STRING, of='') = side from the last of Column(name='event_time', type=INSTANT, of='version') = version.price
                  Timeline
                    . keys: id, id
                    . version_columns: price, event_time
                    . side: side
                    . version: version
                    . left_place: 1
                    . since: GREATEST(event_time, known)
                    . known_at: known
                    events
                    known_prices
        """)  # noqa: E501
    assert schemas(carry_newest_known(made)) == schemas(made)


def test_versions_that_come_in_their_order_stay() -> None:
    made = join_by_timeline(plan(derived(Feature("price", sf.JoinTransform(prices(), "price")))))
    assert carry_newest_known(made) == made
