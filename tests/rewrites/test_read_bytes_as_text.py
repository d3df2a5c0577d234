"""The first and the last of BYTES, as text."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.rewrites.read_bytes_as_text import read_bytes_as_text
from tests.rewrites.plans import below_columns, derived, events, lines, over, plan, schemas

BYTES = derived(
    Feature("a", over("b", "LAST_VALUE", tie_breaker="n")),
    Feature("d", over("n", "FIRST_VALUE")),
    source=events(schema={"id": sf.String, "n": sf.Int64, "b": sf.Bytes, "at": sf.String}),
)


def test_before_and_after() -> None:
    made = plan(BYTES)
    assert below_columns(made) == lines("""
        Over
          . columns: a = LAST_VALUE(b), ties by n: BYTES over last_1_minute_by_id
          . columns: d = FIRST_VALUE(n): BIGINT over last_1_minute_by_id
          events
        """)
    assert below_columns(read_bytes_as_text(made)) == lines("""
        Derive
          . columns: a = BYTES_OF_TEXT(a_text)
          Over
            . columns: a_text = LAST_VALUE(TEXT_OF_BYTES(b)), ties by n: STRING over last_1_minute_by_id
            . columns: d = FIRST_VALUE(n): BIGINT over last_1_minute_by_id
            events
        """)


def test_what_a_reader_sees_stays() -> None:
    made = plan(BYTES)
    assert schemas(read_bytes_as_text(made)) == schemas(made)


def test_nothing_to_do() -> None:
    made = plan(derived(Feature("d", over("n", "FIRST_VALUE"))))
    assert read_bytes_as_text(made) == made
