"""First and last values of sliding windows, as least and greatest of stamped values."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.stamp_first_and_last import stamp_first_and_last
from tests.rewrites.plans import (
    TIME,
    below_columns,
    derived,
    lines,
    over,
    plan,
    schemas,
    slide,
    sliding,
)

LAST = sliding(Feature("a", slide("n", "LAST_VALUE")), Feature("b", slide("n", "SUM")))
SAYS = """
        Derive
          . columns: window_time = TIMESTAMP_OF_INSTANT(event_time)
          Derive
            . columns: a = UNSTAMPED(a)
            Slide
              . keys: id
              . columns: a = MAX(STAMPED(event_time, CAST(a_of_its_time AS STRING))): STRING over 120000 ms
              . columns: b = SUM(n): BIGINT over 120000 ms
              . steps: RealTimeSteps(step_ms=60000, offset_ms=0)
              . time: event_time
              Over
                . columns: a_of_its_time = MAX(n): BIGINT over same_time_by_id
                events
        """  # noqa: E501


def test_before_and_after() -> None:
    made = plan(LAST)
    assert "a = LAST_VALUE(n): BIGINT over 120000 ms" in below_columns(made)
    assert below_columns(stamp_first_and_last(made)) == lines(SAYS)


def test_the_first_is_the_least() -> None:
    after = below_columns(stamp_first_and_last(plan(sliding(Feature("a", slide("id", "FIRST_VALUE"))))))
    assert "a = MIN(STAMPED(event_time, a_of_its_time)): STRING" in after
    assert "a_of_its_time = MIN(id): STRING over same_time_by_id" in after


def test_columns_stay() -> None:
    made = plan(LAST)
    assert schemas(stamp_first_and_last(made)) == schemas(made)


def test_a_helper_takes_no_name_that_is_there() -> None:
    schema = {"id": sf.String, "A_of_its_time": sf.Int64, "at": sf.String}
    source = sf.FileSystemSource("events", path="e.json", schema=schema, **TIME)
    made = plan(sliding(Feature("a", slide("A_of_its_time", "LAST_VALUE")), source=source))
    assert "a_of_its_time_ = MAX(A_of_its_time)" in below_columns(stamp_first_and_last(made))


def test_nothing_to_do() -> None:
    for target in (
        sliding(Feature("a", slide("n", "SUM"))),
        derived(Feature("a", over("n", "LAST_VALUE"))),
    ):
        made = plan(target)
        assert stamp_first_and_last(made) == made
