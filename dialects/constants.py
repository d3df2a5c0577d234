"""The constants in a plan's calls, which rewrites put there."""

from __future__ import annotations

from sqlfeat.expr.nodes import Call, Literal


def amount_of(call: Call) -> int:
    """Return the number that is the last argument of a call: a span, a unit, a step."""
    amount = call.args[-1]
    assert isinstance(amount, Literal)
    assert isinstance(amount.value, int)
    return amount.value


def time_format_of(call: Call) -> str:
    """Return the format that is the second argument of a call."""
    literal = call.args[1]
    assert isinstance(literal, Literal)
    return str(literal.value)
