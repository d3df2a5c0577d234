"""The least and the greatest of bytes, as texts."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.compare_bytes_as_text import compare_bytes_as_text
from tests.rewrites.plans import (
    below_columns,
    derived,
    events,
    lines,
    over,
    plan,
    schemas,
    slide,
    sliding,
)

BYTES = events(schema={"id": sf.String, "b": sf.Bytes, "n": sf.Int64, "at": sf.String})
OVER = derived(Feature("least", over("b", "MIN")), Feature("total", over("n", "SUM")), source=BYTES)
SLIDING = sliding(Feature("most", slide("b", "MAX")), source=BYTES)


def test_over_windows_before_and_after() -> None:
    assert below_columns(compare_bytes_as_text(plan(OVER))) == lines("""
        Derive
          . columns: least = BYTES_OF_TEXT(least_text)
          Over
            . columns: least_text = MIN(TEXT_OF_BYTES(b)): STRING over last_1_minute_by_id
            . columns: total = SUM(n): BIGINT over last_1_minute_by_id
            events
        """)


def test_sliding_windows_after() -> None:
    assert "most_text = MAX(TEXT_OF_BYTES(b))" in below_columns(compare_bytes_as_text(plan(SLIDING)))


def test_a_reader_sees_the_same_and_others_stay() -> None:
    for target in (OVER, SLIDING):
        seen = schemas(plan(target))
        assert schemas(compare_bytes_as_text(plan(target))) == seen
    numbers = plan(derived(Feature("least", over("n", "MIN"))))
    assert compare_bytes_as_text(numbers) == numbers
