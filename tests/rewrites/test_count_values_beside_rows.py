"""Counts of values as pairs of a value and a number."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.plan.tables import Plan
from sqlfeat.rewrites.count_values_beside_rows import count_values_beside_rows
from sqlfeat.rewrites.unfold_windows import unfold_windows
from tests.rewrites.plans import below_columns, lines, plan, schemas, slide, sliding

COUNTS = sliding(
    Feature("a", slide("n", "VALUE_COUNTS", where="n > 1")),
    Feature("b", slide("n", "MAX")),
)


def prepared(target: sf.SlidingFeatureView) -> Plan:
    return unfold_windows(plan(target))


def test_before_and_after() -> None:
    assert below_columns(count_values_beside_rows(prepared(COUNTS))) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          GroupByWindow
            . keys: id
            . end: window_end
            . columns: a = MAP_OF_PAIRS(PAIR(a_value, a_times)) where IS NOT NULL(a_value): MAP<BIGINT, BIGINT> over 120000 ms
            . columns: b = MAX(n): BIGINT over 120000 ms
            . time: event_time
            CountedInWindow
              . counts: a_times = COUNT(*) by id, window_end and a_value
              Derive
                . columns: a_value = CASE(>(n, 1), n, None)
                TimeWindowsOfRows
                  . size_ms: 120000
                  . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
                  . end: window_end
                  events
        """)  # noqa: E501


def test_columns_stay() -> None:
    made = prepared(COUNTS)
    assert schemas(count_values_beside_rows(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = prepared(sliding(Feature("a", slide("n", "SUM"))))
    assert count_values_beside_rows(made) == made
