"""Functions and operators: each with an expression on which every engine is tried."""

from __future__ import annotations

import sqlfeat as sf
from sqlfeat.expr.functions import FUNCTIONS as TABLE
from sqlfeat.expr.nodes import Call, walk
from sqlfeat.expr.parsing import parse_expression
from tests.definitions import derived, events
from tests.functions.family import Family, families
from tests.support.construct import Construct


def _tried(name: str, family: Family) -> str | None:
    """Return the shortest expression of a family that calls a function."""
    calling = [
        text
        for text in family.expressions
        if any(isinstance(node, Call) and node.function == name for node in walk(parse_expression(text)))
    ]
    return min(calling, key=len, default=None)


def _construct(name: str, family: Family, text: str) -> Construct:
    source = events(schema={**family.columns}, timestamp_field=None, timestamp_format=None)
    target = derived(sf.Feature("x", text), source=source)
    shown = f"tests/test_functions.py::test_every_function_is_tried[{family.name}]"
    return Construct(f"{name}: `{text}`", target, shown, timezone=family.timezone)


def _constructs() -> tuple[Construct, ...]:
    found = {}
    for family in families():
        for name in (*TABLE, "CAST", "TRY_CAST"):
            text = _tried(name, family)
            if name not in found and text is not None:
                found[name] = _construct(name, family, text)
    return tuple(found[name] for name in sorted(found))


FUNCTIONS = _constructs()
