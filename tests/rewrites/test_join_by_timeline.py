"""A point-in-time join as one pass over both sides."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature, JoinTransform
from sqlfeat.plan.timeline import Timeline
from sqlfeat.plan.walk import nodes_of
from sqlfeat.rewrites.join_by_timeline import join_by_timeline
from tests.rewrites.plans import (
    TIME,
    below_columns,
    derived,
    lines,
    over,
    plan,
    prices,
    schemas,
    slide,
    sliding,
)

JOINED = derived(Feature("price", JoinTransform(prices(), "price")))


def test_before_and_after() -> None:
    made = plan(JOINED)
    assert below_columns(made) == lines("""
        AsOfJoin
          . keys: id, id
          . columns: JoinedColumn(name='price', column='price', zero=False)
          events
          prices
        """)
    assert below_columns(join_by_timeline(made)) == lines("""
        Select
          . columns: id = id
          . columns: n = n
          . columns: at = at
          . columns: event_time = event_time
          . columns: price = version.price
          . time: event_time
          . where: =(side, 1)
          CarryForward
            . keys: id
            . side: side
            . version: version
            . tie_columns: price
            Timeline
              . keys: id, id
              . version_columns: price
              . side: side
              . version: version
              . left_place: 1
              . since: event_time
              events
              prices
        """)


def test_a_ttl_compares_the_times_and_comes_after_the_match() -> None:
    after = below_columns(join_by_timeline(plan(derived(
        Feature("price", JoinTransform(prices(), "price", ttl="1 hour"))
    ))))  # fmt: skip
    oldest = ">=(version.event_time, PLUS(event_time, -3600000))"
    assert f"price = CASE({oldest}, version.price, None)" in after


def test_a_strict_join_puts_the_left_rows_first() -> None:
    made = join_by_timeline(
        plan(derived(Feature("price", JoinTransform(prices(), "price", strict=True))))
    )
    (timeline,) = [node for node in nodes_of(made.views[0].node) if isinstance(node, Timeline)]
    assert (timeline.left_place, timeline.right_place) == (0, 1)
    assert ". where: =(side, 0)" in below_columns(made)


def test_a_tie_breaker_orders_before_the_values() -> None:
    join = JoinTransform(prices(), "price", tie_breaker="version")
    assert ". tie_columns: version, price\n" in below_columns(
        join_by_timeline(plan(derived(Feature("price", join))))
    )


def test_where_no_window_is_current_a_sum_is_zero() -> None:
    windows = sliding(Feature("total", slide("n", "SUM")), Feature("most", slide("n", "MAX")))
    view = sf.DerivedFeatureView(
        "outer",
        source=events_named("left"),
        features=[
            Feature("total", JoinTransform(windows, "total")),
            Feature("most", JoinTransform(windows, "most")),
        ],
    )
    after = below_columns(join_by_timeline(plan(view)), "view outer")
    current = "<(event_time, PLUS(version.event_time, 60000))"
    assert f"total = ZERO_IF_NULL(CASE({current}, version.total, None))" in after
    assert f"most = CASE({current}, version.most, None)" in after


def events_named(name: str) -> sf.FileSystemSource:
    schema = {"id": sf.String, "at": sf.String}
    return sf.FileSystemSource(name, path="left.json", schema=schema, **TIME)


def test_its_own_columns_take_no_name_that_is_there() -> None:
    schema = {"id": sf.String, "Side": sf.Int64, "VERSION": sf.Int64, "at": sf.String}
    source = sf.FileSystemSource("events", path="e.json", schema=schema, **TIME)
    after = join_by_timeline(plan(derived(Feature("p", JoinTransform(prices(), "price")), source=source)))
    assert ". side: side_\n" in below_columns(after)
    assert ". version: version_\n" in below_columns(after)


def test_columns_stay() -> None:
    made = plan(JOINED)
    assert schemas(join_by_timeline(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "SUM"))))
    assert join_by_timeline(made) == made
