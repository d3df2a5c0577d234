"""Rows whose time cannot be read, left out in a view over the source."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.leave_out_unreadable_rows import leave_out_unreadable_rows
from sqlfeat.types import Instant
from tests.rewrites.plans import derived, events, lines, plan, schemas, text

DROPPING = derived(Feature("a", "n"), source=events(on_bad_timestamp="drop"))


def test_before_and_after() -> None:
    made = plan(DROPPING)
    assert [view.name for view in made.views] == ["view"]
    after = leave_out_unreadable_rows(made)
    assert text(after, "view events") == lines("""
        view events
          Filter
            . predicate: IS_READABLE(event_time)
            events_stored
        """)
    assert [source.name for source in after.sources] == ["events_stored"]
    assert after.sources[0].time == made.sources[0].time


def test_who_reads_the_source_reads_the_same() -> None:
    made = plan(DROPPING)
    after = leave_out_unreadable_rows(made)
    assert text(after, "view view") == text(made, "view view")
    assert schemas(after)["events"] == (*made.sources[0].columns, ("event_time", Instant))


def test_the_stored_source_takes_no_name_that_is_there() -> None:
    source = events(on_bad_timestamp="drop")
    view = sf.DerivedFeatureView("Events_Stored", source=source, features=[Feature("a", "n")])
    after = leave_out_unreadable_rows(plan(view))
    assert [source.name for source in after.sources] == ["events_stored_"]
    assert "\n    events_stored_\n" in text(after, "view events")


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("a", "n")))
    assert leave_out_unreadable_rows(made) is made
