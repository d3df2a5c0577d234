"""Limits as filters by the age of a row."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.plan.tables import Plan
from sqlfeat.rewrites.number_rows_by_age import number_rows_by_age
from sqlfeat.rewrites.unfold_windows import unfold_windows
from tests.rewrites.plans import below_columns, lines, plan, schemas, slide, sliding

LIMITS = sliding(
    Feature("a", slide("n", "SUM", limit=2)),
    Feature("b", slide("n", "AVG", limit=3)),
    Feature("c", slide("n", "COUNT", where="n > 1", limit=2)),
    Feature("d", slide("n", "MAX")),
)


def prepared(target: sf.SlidingFeatureView) -> Plan:
    return unfold_windows(plan(target))


def test_before_and_after() -> None:
    assert below_columns(number_rows_by_age(prepared(LIMITS))) == lines("""
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          GroupByWindow
            . keys: id
            . end: window_end
            . columns: a = SUM(n) where <=(age_for_a, 2): BIGINT over 120000 ms
            . columns: b = AVG(CAST(n AS DOUBLE)) where <=(age_for_a, 3): DOUBLE over 120000 ms
            . columns: c = COUNT(n) where AND(>(n, 1), <=(age_for_c, 2)): BIGINT over 120000 ms
            . columns: d = MAX(n): BIGINT over 120000 ms
            . time: event_time
            NumberedInWindow
              . ages: age_for_a = ROW_NUMBER by Column(name='id', type=STRING, of='') = window_end from the last of Column(name='event_time', type=INSTANT, of='') = n
              . ages: age_for_c = ROW_NUMBER by id, window_end, IS TRUE(>(n, 1)) from the last of Column(name='event_time', type=INSTANT, of='') = n
              TimeWindowsOfRows
                . size_ms: 120000
                . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
                . end: window_end
                events
        """)  # noqa: E501


def test_columns_stay() -> None:
    made = prepared(LIMITS)
    assert schemas(number_rows_by_age(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = prepared(sliding(Feature("a", slide("n", "SUM"))))
    assert number_rows_by_age(made) == made
