"""docs/support.md is what the constructs and the dialects say."""

from __future__ import annotations

from scripts.support_page import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m scripts.support_page"
