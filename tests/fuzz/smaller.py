"""The definitions that are one step smaller than one: a table, a feature, an option, rows fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlfeat.expr.nodes import Call, Column, Expr, columns_of
from tests.fuzz.model import SOURCE, Definition, Made, Ref, Select, parts_of

NEEDED = {"name", "path", "timestamp_field", "timestamp_format", "schema", "sql", "tables", "udf", "args"}
"""Fields that are not tried to be left out."""


def size_of(definition: Definition) -> int:
    """Return how much there is to read in a definition."""
    parts = sum(1 for table in definition.tables for _ in parts_of(table))
    terms = sum(
        _size(part) for table in definition.tables for part in parts_of(table) if isinstance(part, Expr)
    )
    cells = sum(
        1 + sum(value is not None for value in row.values())
        for rows in definition.rows.values()
        for row in rows
    )
    return 4 * parts + 3 * terms + cells + (0 if definition.timezone == "UTC" else 1)


def _size(expr: Expr) -> int:
    return 1 + sum(map(_size, expr.args)) if isinstance(expr, Call) else 1


def smaller(definition: Definition) -> Iterator[Definition]:
    """Yield definitions that are smaller in one way, the much smaller ones first. Some are wrong."""
    for asked in _less_asked(definition.asked):
        yield replace(definition, asked=asked)
    yield from _fewer_tables(definition)
    yield from _fewer_rows(definition)
    for place in range(len(definition.tables)):
        for table in _smaller_calls(definition.tables[place]):
            tables = (*definition.tables[:place], table, *definition.tables[place + 1 :])
            yield definition.with_tables(tables)
    yield from _fewer_columns(definition)
    yield from _plainer_values(definition)
    if definition.timezone != "UTC":
        yield replace(definition, timezone="UTC")


def _less_asked(asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in asked:
        yield {one: value for one, value in asked.items() if one != name}
    for key in asked.get("keys", []) if len(asked.get("keys", [])) > 1 else []:
        yield {**asked, "keys": [one for one in asked["keys"] if one is not key]}


def _fewer_tables(definition: Definition) -> Iterator[Definition]:
    for last in range(1, len(definition.tables)):
        if definition.tables[last - 1].kind != SOURCE:
            yield definition.with_tables(definition.tables[:last])
    for table in definition.tables:
        select = table.fields.get("sql")
        source = select.source if isinstance(select, Select) else table.fields.get("source")
        if isinstance(source, Ref):
            yield definition.with_tables(_reading(definition.tables, table.name, source))


def _reading(tables: tuple[Made, ...], name: str, other: Ref) -> tuple[Made, ...]:
    """Return the tables in which those that read one read another."""

    def changed(table: Made) -> Made:
        return table.with_fields(source=other) if table.fields.get("source") == Ref(name) else table

    return tuple(changed(table) for table in tables)


def _fewer_rows(definition: Definition) -> Iterator[Definition]:
    for name, rows in definition.rows.items():
        length = len(rows)
        while length >= 1:
            for start in range(0, len(rows), length):
                kept = (*rows[:start], *rows[start + length :])
                yield replace(definition, rows={**definition.rows, name: kept})
            length //= 2


def _smaller_calls(made: Made) -> Iterator[Made]:
    """Yield calls with an argument less, with fewer parts, or with a smaller part."""
    for name, value in made.fields.items():
        if name not in NEEDED:
            yield made.without(name)
        for part in _smaller_values(name, value):
            yield made.with_fields(**{name: part})
    if made.kind == "SqlFeatureView":
        yield from _smaller_selects(made)


def _smaller_selects(made: Made) -> Iterator[Made]:
    """Yield views of a SELECT without its WHERE, or with a column less."""
    select, schema = made.fields["sql"], made.fields["schema"]
    if select.where:
        yield made.with_fields(sql=replace(select, where=None))
    for name in select.columns if len(select.columns) > 1 else ():
        columns = {new: old for new, old in select.columns.items() if new != name}
        fewer = {column: dtype for column, dtype in schema.items() if column != name}
        yield made.with_fields(sql=replace(select, columns=columns), schema=fewer)


def _smaller_values(name: str, value: Any) -> Iterator[Any]:
    if isinstance(value, Made):
        yield from _smaller_calls(value)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            if len(value) > 1 or name != "features":
                yield [*value[:place], *value[place + 1 :]]
            for smaller_part in _smaller_values("", part):
                yield [*value[:place], smaller_part, *value[place + 1 :]]
    elif isinstance(value, Expr):
        yield from _smaller_expressions(value)
    elif isinstance(value, dict) and len(value) > 1 and name == "keys":
        yield from ({key: value[key] for key in value if key != left_out} for left_out in value)


def _smaller_expressions(expr: Expr) -> Iterator[Expr]:
    if not isinstance(expr, Call):
        return
    yield from expr.args
    for name in columns_of(expr):
        if Column(name) not in expr.args:
            yield Column(name)
    for place, arg in enumerate(expr.args):
        for part in _smaller_expressions(arg):
            yield replace(expr, args=(*expr.args[:place], part, *expr.args[place + 1 :]))


def _fewer_columns(definition: Definition) -> Iterator[Definition]:
    for source in definition.sources:
        for column in source.fields["schema"]:
            kept = {name: dtype for name, dtype in source.fields["schema"].items() if name != column}
            keys = [key for key in source.fields.get("keys", []) if key != column]
            fields = {"schema": kept, "keys": keys} if "keys" in source.fields else {"schema": kept}
            table = source.with_fields(**fields)
            tables = tuple(table if one is source else one for one in definition.tables)
            rows = tuple(
                {name: value for name, value in row.items() if name != column}
                for row in definition.rows[source.name]
            )
            yield replace(definition, tables=tables, rows={**definition.rows, source.name: rows})


def _plainer_values(definition: Definition) -> Iterator[Definition]:
    """Yield definitions with one value less, or with one value instead of several in a column."""
    for name, rows in definition.rows.items():
        for column in rows[0] if rows else ():
            given = [row[column] for row in rows if row[column] is not None]
            if len({repr(value) for value in given}) > 1:
                same = tuple({**row, column: given[0]} for row in rows)
                yield replace(definition, rows={**definition.rows, name: same})
            for place, row in enumerate(rows):
                if row[column] is not None:
                    less = (*rows[:place], {**row, column: None}, *rows[place + 1 :])
                    yield replace(definition, rows={**definition.rows, name: less})
