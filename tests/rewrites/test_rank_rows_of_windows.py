"""Lists, maps and limits from ranked rows, joined with plain aggregates."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.rank_rows_of_windows import rank_rows_of_windows
from tests.rewrites.plans import below_columns, lines, plan, schemas, slide, sliding

LIMIT_BESIDE_PLAIN = sliding(
    Feature("a", slide("n", "SUM", limit=2, where="n > 1")), Feature("b", slide("n", "MAX"))
)
LIMIT_BESIDE_PLAIN_RANKED = """
    Derive
      . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
      SameWindowJoin
        . keys: id
        . time: event_time
        . columns: l.id
        . columns: l.event_time
        . columns: l.a
        . columns: r.b
        GroupByWindow
          . keys: id
          . end: window_end
          . columns: a = SUM(n) where a_counts: BIGINT over 120000 ms
          . time: event_time
          LatestOfWindow
            . keys: id
            . counts: a_counts
            . order: event_time
            . order: n
            . newest_first: True
            . limit: 2
            . age: a_age
            Derive
              . columns: a_counts = IS TRUE(>(n, 1))
              HopOfRows
                . size_ms: 120000
                . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
                events
        Slide
          . keys: id
          . columns: b = MAX(n): BIGINT over 120000 ms
          . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
          . time: event_time
          . reach_ms: 120000
          events
    """

LIST = sliding(Feature("a", slide("n", "COLLECT_LIST", tie_breaker="id")))
LIST_RANKED = """
    Derive
      . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
      GroupByWindow
        . keys: id
        . end: window_end
        . columns: a = LIST_FROM_NEWEST(n) where IS NOT NULL(n): ARRAY<BIGINT> over 120000 ms
        . time: event_time
        LatestOfWindow
          . keys: id
          . order: event_time
          . order: id
          . order: n
          . newest_first: True
          . limit: 1000000000000
          . age: a_age
          HopOfRows
            . size_ms: 120000
            . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
            events
    """

COUNTS = sliding(Feature("a", slide("id", "VALUE_COUNTS")))
COUNTS_RANKED = """
    Derive
      . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
      MapOfValues
        . time: event_time
        . name: a
        . type: MAP<STRING, BIGINT>
        ValuesOfWindow
          . keys: id
          . value: a_value
          . times: a_times
          Derive
            . columns: a_value = id
            HopOfRows
              . size_ms: 120000
              . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
              events
    """

LAST = sliding(Feature("a", slide("n", "LAST_VALUE", tie_breaker="id")))
LAST_RANKED = """
    Derive
      . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
      GroupByWindow
        . keys: id
        . end: window_end
        . columns: a = FIRST_IN_ORDER(n) where AND(a_counts, IS NOT NULL(n)): BIGINT over 120000 ms
        . time: event_time
        LatestOfWindow
          . keys: id
          . counts: a_counts
          . order: event_time
          . order: id
          . order: n
          . newest_first: True
          . limit: 1
          . age: a_age
          Derive
            . columns: a_counts = IS NOT NULL(n)
            HopOfRows
              . size_ms: 120000
              . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
              events
    """

CASES = {
    "limit_beside_plain": (LIMIT_BESIDE_PLAIN, LIMIT_BESIDE_PLAIN_RANKED),
    "list": (LIST, LIST_RANKED),
    "counts": (COUNTS, COUNTS_RANKED),
    "last": (LAST, LAST_RANKED),
}


@pytest.mark.parametrize(("target", "ranked"), CASES.values(), ids=CASES)
def test_before_and_after(target: sf.SlidingFeatureView, ranked: str) -> None:
    assert below_columns(rank_rows_of_windows(plan(target))) == lines(ranked)


@pytest.mark.parametrize(("target", "ranked"), CASES.values(), ids=CASES)
def test_columns_stay(target: sf.SlidingFeatureView, ranked: str) -> None:
    made = plan(target)
    assert schemas(rank_rows_of_windows(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(sliding(Feature("a", slide("n", "SUM")), Feature("b", slide("n", "LAST_VALUE"))))
    assert rank_rows_of_windows(made) == made
