"""The event time of a source, in a view over it."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.plan.show import show
from sqlfeat.rewrites.derive_event_time import derive_event_time
from sqlfeat.types import Instant
from tests.rewrites.plans import derived, events, lines, plan, schemas, text


def test_before_and_after() -> None:
    made = plan(derived(Feature("a", "n")))
    before = text(made, "source events").splitlines()
    assert before[-1].startswith("  . event_time = OR_FAIL(INSTANT_OF_TEXT(at, ")
    after = derive_event_time(made)
    shown = text(after, "view events").splitlines()
    assert shown[:4] == [
        "view events",
        "  Filter",
        "    . predicate: IS NOT NULL(event_time)",
        "    Derive",
    ]
    assert shown[4].startswith("      . columns: event_time = OR_FAIL(INSTANT_OF_TEXT(at, ")
    assert text(after, "source") == lines("""
        source events_stored: Files(path='events.json', data_format='json'), bounded
          id: STRING
          n: BIGINT
          at: STRING
        """)


def test_who_reads_the_source_reads_the_same() -> None:
    made = plan(derived(Feature("a", "n")))
    after = derive_event_time(made)
    assert text(after, "view view") == text(made, "view view")
    assert schemas(after)["events"] == (*made.sources[0].columns, ("event_time", Instant))


def test_rows_without_a_time_are_left_out_where_the_source_says_so() -> None:
    after = derive_event_time(plan(derived(Feature("a", "n"), source=events(on_bad_timestamp="drop"))))
    shown = text(after, "view events").splitlines()
    assert shown[4].startswith("      . columns: event_time = OR_LONG_AGO(INSTANT_OF_TEXT(at, ")
    assert "each stored row whose event time can be read" in after.views[0].says


def test_the_stored_source_takes_no_name_that_is_there() -> None:
    view = sf.DerivedFeatureView("Events_Stored", source=events(), features=[Feature("a", "n")])
    after = derive_event_time(plan(view))
    assert [source.name for source in after.sources] == ["events_stored_"]


def test_nothing_to_do() -> None:
    source = sf.FileSystemSource("events", path="e.json", schema={"n": sf.Int64})
    made = plan(derived(Feature("a", "n"), source=source))
    assert derive_event_time(made) == made


def test_twice_is_once() -> None:
    once = derive_event_time(plan(derived(Feature("a", "n"))))
    assert show(derive_event_time(once)) == show(once)
