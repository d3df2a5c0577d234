"""Leaving out rows that repeat the row before: of which values no engine can tell."""

from __future__ import annotations

from collections.abc import Iterator

from sqlfeat.errors import Problem
from sqlfeat.plan.repeats import DropRepeated
from sqlfeat.plan.slide import Slide
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of
from sqlfeat.types import ArrayType, DataType, MapType, has_equality, is_nested

WITHOUT_NULLS = ("COLLECT_LIST", "VALUE_COUNTS")


def uncompared_values(plan: Plan) -> Iterator[Problem]:
    """Yield the features that decide whether a row repeats another, and cannot be compared."""
    for view in plan.views:
        nodes = list(nodes_of(view.node))
        made_by = {c.name: c.call.name for n in nodes if isinstance(n, Slide) for c in n.columns}
        for node in nodes:
            for name in node.columns if isinstance(node, DropRepeated) else ():
                if not _is_compared(node.schema[name], made_by.get(name, "")):
                    yield Problem(
                        view.name,
                        name,
                        f"skip_same_window_output compares {node.schema[name]}, which engines do not "
                        "compare alike.",
                        "Aggregate what is in it, or leave the option out.",
                    )


def _is_compared(dtype: DataType, aggregate: str) -> bool:
    if not is_nested(dtype) or has_equality(dtype):
        return True
    if aggregate not in WITHOUT_NULLS:
        return False
    return isinstance(dtype, MapType) or (isinstance(dtype, ArrayType) and not is_nested(dtype.element))
