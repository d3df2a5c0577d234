"""Event time without a zone, for windows that a zone's clock would shift."""

from __future__ import annotations

import pytest

from sqlfeat import Feature
from sqlfeat.dsl.views import FeatureView
from sqlfeat.rewrites.hold_event_time_in_utc import hold_event_time_in_utc
from tests.rewrites.plans import below_columns, derived, lines, over, plan, schemas, slide, sliding, text

MINUTES = sliding(Feature("a", slide("n", "SUM")), timestamp_format="%Y-%m-%d")
DAYS = sliding(Feature("a", slide("n", "SUM", "2 days", "1 day")), timestamp_format="epoch_millis")


def test_minutes_before_and_after() -> None:
    made = plan(MINUTES, "Europe/Paris")
    assert below_columns(made).splitlines()[1] == (
        "  . columns: window_time = TEXT_OF_INSTANT(event_time, '%Y-%m-%d')"
    )
    after = hold_event_time_in_utc(made)
    assert below_columns(after) == lines("""
        Derive
          . columns: window_time = TEXT_OF_INSTANT(INSTANT_OF_UTC(event_time), '%Y-%m-%d')
          Slide
            . keys: id
            . columns: a = SUM(n): BIGINT over 120000 ms
            . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
            . time: event_time
            events
        """)
    assert "  . event_time = UTC_OF_INSTANT(OR_FAIL(" in text(after, "source events")


def test_days_of_a_zone_without_daylight_saving_are_days_of_24_hours() -> None:
    after = hold_event_time_in_utc(plan(DAYS, "Asia/Kolkata"))
    shown = below_columns(after)
    assert "RealTimeSteps(step_ms=86400000, offset_ms=66600000)" in shown  # 18:30 UTC
    assert "window_time = NUMBER_OF_UTC(event_time, 1)" in shown


def test_columns_stay() -> None:
    for target in (MINUTES, DAYS):
        made = plan(target, "Asia/Kolkata")
        assert schemas(hold_event_time_in_utc(made)) == schemas(made)


@pytest.mark.parametrize(
    ("target", "timezone"),
    [
        (MINUTES, "UTC"),
        (DAYS, "Europe/Paris"),
        (derived(Feature("a", over("n", "SUM"))), "Europe/Paris"),
    ],
    ids=["utc", "days of a zone with daylight saving", "no sliding window"],
)
def test_nothing_to_do(target: FeatureView, timezone: str) -> None:
    made = plan(target, timezone)
    assert hold_event_time_in_utc(made) is made
