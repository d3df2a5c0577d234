"""What dialects share in saying regular expressions."""

from __future__ import annotations

from sqlfeat.dialects.text import constant
from sqlfeat.expr.nodes import Call


def may_be_missing(call: Call) -> bool:
    """Whether the group of a REGEXP_EXTRACT may take no part in a match."""
    return bool(group_of(call)) and any(mark in str(constant(call.args[1])) for mark in "|?*{")


def group_of(call: Call) -> int:
    """Return the number of the group of a REGEXP_EXTRACT, 0 for all that matches."""
    group = constant(call.args[2]) if len(call.args) == 3 else 0
    assert isinstance(group, int)
    return group
