"""What a definition is made of, counted for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlfeat.expr.nodes import Call, Column, Expr, Literal, walk
from sqlfeat.types import DataType
from tests.fuzz.model import SOURCE, Definition, Made, Select, parts_of

ALWAYS = set("name path source features transform expr schema table_name agg_func sql".split())
"""Fields that are no choice: they are always there, or counted by what they hold."""


def constructs_of(definition: Definition) -> Counter[str]:
    """Return how often a definition has each construct."""
    found: Counter[str] = Counter([f"zone {definition.timezone}"])
    for table in definition.tables:
        for part in parts_of(table):
            if isinstance(part, Made):
                found.update(_of_call(part))
            elif isinstance(part, Expr):
                found.update(_of_expression(part))
    found.update(f"rows {_size(len(rows))}" for rows in definition.rows.values())
    found.update(f"asked {name}" for name in definition.asked)
    return found


def _of_call(made: Made) -> Iterator[str]:
    yield made.kind
    for name, _value in made.fields.items():
        if name not in ALWAYS:
            yield f"{made.kind}.{name}"
    if "agg_func" in made.fields:
        yield f"{made.fields['agg_func']} in {made.kind}"
    if made.kind == SOURCE:
        yield from (f"column {_family(dtype)}" for dtype in made.fields["schema"].values())
        yield f"time {made.fields['schema']['at']} {made.fields.get('timestamp_format')}"
    if "dtype" in made.fields:
        yield f"declared {_family(made.fields['dtype'])}"
    if "udf" in made.fields:
        yield f"Python function {made.fields['udf'].__name__}"
    if made.kind == "SqlFeatureView":
        yield from _of_select(made.fields["sql"])


def _of_select(select: Select) -> Iterator[str]:
    yield f"own SELECT{' with GROUP BY' if select.groups else ''}"
    yield from ["own SELECT with WHERE"] if select.where else []
    yield from ["own SELECT of other names"] if list(select.columns) != [*select.columns.values()] else []


def _of_expression(expr: Expr) -> Iterator[str]:
    for node in walk(expr):
        if isinstance(node, Call) and node.function in ("CAST", "TRY_CAST"):
            yield f"{node.function} to {_family(node.type)}"
        elif isinstance(node, Call):
            yield f"function {node.function}"
        elif isinstance(node, Literal):
            yield f"literal {type(node.value).__name__}"
        else:
            assert isinstance(node, Column)


def _family(dtype: DataType) -> str:
    return dtype.name


def _size(count: int) -> str:
    for most, name in ((0, "none"), (1, "one"), (6, "few")):
        if count <= most:
            return name
    return "many"
