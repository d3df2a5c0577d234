"""A point-in-time join on a versioned view."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature, JoinTransform
from sqlfeat.rewrites.join_by_versions import join_by_versions
from tests.rewrites.plans import below_columns, derived, lines, over, plan, prices, schemas, text

PRICES = prices()
JOINED = derived(Feature("price", JoinTransform(PRICES, "price")))


def test_before_and_after() -> None:
    made = plan(JOINED)
    assert below_columns(made).startswith("AsOfJoin\n")
    after = join_by_versions(made)
    assert below_columns(after) == lines("""
        VersionJoin
          . keys: id, id
          . columns: price = r.price
          events
          prices_by_id
        """)
    assert text(after, "view prices_by_id") == lines("""
        view prices_by_id
          Select
            . columns: id = id
            . columns: price = price
            . columns: event_time = event_time
            . time: event_time
            . where: AND(=(age, 1), IS NOT NULL(id))
            NumberedByAge
              . age: age
              InTimeOrder
                . keys: id
                . columns: id, price, event_time
                . marker: peers
                prices
        """)


def test_versions_are_made_once_for_joins_by_the_same_keys() -> None:
    both = derived(
        Feature("price", JoinTransform(PRICES, "price")),
        Feature("recent", JoinTransform(PRICES, "version", ttl="1 hour")),
    )
    after = join_by_versions(plan(both))
    assert [view.name for view in after.views] == ["prices_by_id", "view"]
    assert ". columns: id, price, version, event_time" in text(after, "view prices_by_id")
    assert ". on: >=(r.event_time, PLUS(l.event_time, -3600000))" in below_columns(after)


def test_a_tie_breaker_keeps_the_greatest() -> None:
    target = derived(Feature("price", JoinTransform(PRICES, "price", tie_breaker="version")))
    after = text(join_by_versions(plan(target)), "view prices_by_id")
    assert ". tie_breaker: version" in after
    assert ". marker: greatest_version" in after


def test_a_strict_join_reads_a_copy_that_is_a_millisecond_later() -> None:
    target = derived(
        Feature("price", JoinTransform(PRICES, "price", strict=True)),
        Feature("version", JoinTransform(PRICES, "version", strict=True, ttl="1 hour")),
    )
    made = plan(target)
    after = join_by_versions(made)
    names = [source.name for source in after.sources]
    assert names == ["events", "prices", "prices_a_millisecond_later"]
    copy, time = text(after, "source prices_a_milli"), made.sources[1].time
    assert time is not None
    assert "  . event_time = PLUS(OR_FAIL(" in copy
    assert "), 1), any order" in copy
    assert "PLUS(l.event_time, -3599999)" in below_columns(after)


def test_what_it_adds_takes_no_name_that_is_there() -> None:
    name = "PRICES_A_Millisecond_Later"
    join = JoinTransform(PRICES, "price", strict=True)
    view = sf.DerivedFeatureView(name, source=JOINED.source, features=[Feature("price", join)])
    after = join_by_versions(plan(view))
    folded = [table.name.casefold() for table in (*after.sources, *after.views)]
    assert len(set(folded)) == len(folded)
    assert after.sources[-1].name == "prices_a_millisecond_later_2"


def test_a_view_of_versions_takes_no_name_that_is_there() -> None:
    target = sf.DerivedFeatureView("Prices_By_Id", source=JOINED.source, features=JOINED.features)
    after = join_by_versions(plan(target))
    assert [view.name for view in after.views] == ["prices_by_id_2", "Prices_By_Id"]


def test_columns_stay() -> None:
    made = plan(JOINED)
    assert schemas(join_by_versions(made))["view"] == schemas(made)["view"]


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", over("n", "SUM"))))
    assert join_by_versions(made) == made
