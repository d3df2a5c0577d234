"""docs/conformance.md is what the cases say."""

from __future__ import annotations

from scripts.conformance_page import PAGE, page, read


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(read()), "python -m scripts.conformance_page"
