"""Sources whose rows are made up, to plan: every column is computed from the number of the row."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlfeat.compiler.scope import Relation, Scope, fresh
from sqlfeat.compiler.sources import event_time_of, keys_of, schema_of
from sqlfeat.dsl.sources import DataGenSource, RandomField, SequenceField
from sqlfeat.errors import ExpressionError, nearest
from sqlfeat.expr.builder import to_expr
from sqlfeat.expr.nodes import Call, Column, Expr
from sqlfeat.expr.resolve import resolve
from sqlfeat.expr.time_formats import EPOCH_FORMATS
from sqlfeat.plan.base import Step
from sqlfeat.plan.connectors import RowNumbers
from sqlfeat.plan.rows import Derive, Ref, Select
from sqlfeat.plan.tables import EventTime, SourceTable, ViewTable
from sqlfeat.types import Boolean, DataType, Float64, Instant, Int32, Int64, Schema, String

PRIME = 2_147_483_647
"""What numbers are mixed modulo: products of two numbers below it are below 2 to the 62nd."""

RANDOM = frozenset({Int32, Int64, Float64, String, Boolean})
COUNTED = frozenset({Int32, Int64, Float64, String})


@dataclass(frozen=True)
class Made:
    """A column: the expression of it, over the row's number and the mixed number that it needs."""

    name: str
    dtype: DataType
    text: str
    mixed: str | None = None


def compile_generated(source: DataGenSource, scope: Scope) -> Relation:
    """Add the source to the scope, and return what its readers see of it."""
    problems = len(scope.problems)
    schema = schema_of(source, scope)
    keys = keys_of(source, schema, scope)
    bounded = source.number_of_rows is not None
    time = event_time_of(source, schema, bounded, scope)
    _check_fields(source, schema, scope)
    number = fresh("row_number", [*schema.names, scope.event_time])
    made = list(_columns(source, schema, number, scope))
    columns = schema if time is None else schema.extend(((time.column, Instant),))
    ref = Ref(source.name, columns, None if time is None else time.column)
    if len(scope.problems) == problems:
        time = None if time is None else _time(source, time, made, number)
        _add(source, made, number, time, scope)
    return Relation(source.name, ref, schema, keys, source.timestamp_field, bounded)


def _add(
    source: DataGenSource, made: list[Made], number: str, time: EventTime | None, scope: Scope
) -> None:
    """Add the numbers of the rows, and a view that computes the columns from them."""
    name = fresh(f"{source.name}_numbers", [*scope.known, *scope.taken])
    numbers = RowNumbers(source.number_of_rows, source.rows_per_second)
    columns = Schema(((number, Int64),))
    scope.sources.append(SourceTable(name, columns, time, numbers, source.number_of_rows is not None))
    ref = Ref(name, columns, None) if time is None else _timed(name, columns, time.column)
    node: Ref | Derive = ref
    mixed = [(one.mixed, _typed(_mixed(number, one.name), columns)) for one in made if one.mixed]
    if mixed:
        says = "Each number, and one for each random column that looks unlike it."
        node = Derive(node, tuple((str(name), expr) for name, expr in mixed), Step("mixed", says))
    values = [(one.name, _typed(one.text, node.schema, one.dtype)) for one in made]
    if time is not None:
        values.append((time.column, Column(time.column, Instant)))
    select = Select(node, tuple(values), ref.time, Step("made_up", ""))
    says = f"{source.name}: rows that are made up, the same in every run."
    scope.views.append(ViewTable(source.name, select, tuple(one.name for one in made), says))


def _timed(name: str, columns: Schema, time: str) -> Ref:
    return Ref(name, columns.extend(((time, Instant),)), time)


def _typed(text: str, schema: Schema, dtype: DataType = Int64) -> Expr:
    return resolve(to_expr(f"CAST({text} AS {dtype})" if dtype == Int32 else text), schema)


def _mixed(number: str, name: str) -> str:
    """Return the expression of a number below PRIME, another one for each column.

    >>> _mixed("n", "cost")
    '(`n` % 2147483647 * 405181694 + 1148585565) % 2147483647'
    """
    factor = 2 + zlib.crc32(name.encode()) % (PRIME - 2)
    summand = zlib.crc32(f"{name}#".encode()) % PRIME
    return f"({_quoted(number)} % {PRIME} * {factor} + {summand}) % {PRIME}"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _columns(source: DataGenSource, schema: Schema, number: str, scope: Scope) -> Iterator[Made]:
    for name, dtype in schema:
        config = source.field_configs.get(name, RandomField())
        try:
            if isinstance(config, SequenceField):
                yield Made(name, dtype, _sequence(config, dtype, number, source.number_of_rows))
            elif isinstance(config, RandomField):
                mixed = f"{name}_mixed"
                needs = None if dtype == String else mixed
                yield Made(name, dtype, _random(config, name, dtype, number, mixed), needs)
        except ExpressionError as error:
            scope.fault(source.name, name, error.fault, error.allowed)


def _sequence(config: SequenceField, dtype: DataType, number: str, rows: int | None) -> str:
    place, last = _quoted(number), 0 if rows is None else rows - 1
    if dtype not in COUNTED:
        kinds = ", ".join(sorted(map(str, COUNTED)))
        raise ExpressionError(f"a SequenceField does not give {dtype}.", f"It gives {kinds}.")
    if config.end is not None:
        count = (config.end - config.start) // config.step + 1 if config.step else 0
        if count < 1:
            fault = f"its sequence from {config.start} does not come to {config.end}."
            raise ExpressionError(fault, "The step is not 0, and leads from start to end.")
        place, last = f"{place} % {count}", min(last, count - 1) if rows is not None else count - 1
    bits = 31 if dtype == Int32 else 63
    for value in (config.start, config.start + last * config.step):
        if not -(2**bits) < value < 2**bits:
            raise ExpressionError(
                f"its sequence comes to {value}, which is no {dtype}.", "Take smaller numbers."
            )
    text = _added(config.start, place if config.step == 1 else f"{place} * {config.step}")
    return f"CAST({text} AS {dtype})" if dtype in (String, Float64) else text


def _random(config: RandomField, name: str, dtype: DataType, number: str, mixed: str) -> str:
    if dtype not in RANDOM:
        kinds = ", ".join(sorted(map(str, RANDOM)))
        raise ExpressionError(f"a RandomField does not give {dtype}.", f"It gives {kinds}.")
    if dtype == String:
        if not 1 <= config.length <= 32:
            raise ExpressionError(f"its length is {config.length}.", "A text has 1 to 32 digits.")
        seed = name.replace("'", "''")
        return f"SUBSTRING(MD5('{seed} ' || CAST({_quoted(number)} AS STRING)), 1, {config.length})"
    value = f"{_quoted(mixed)} * {_quoted(mixed)} % {PRIME}"
    if dtype == Boolean:
        return f"({value}) % 2 = 0"
    least, most = config.minimum, config.maximum
    if dtype == Float64:
        least, most = 0.0 if least is None else float(least), 1.0 if most is None else float(most)
        _require_range(least, most)
        share = f"({value}) / {float(PRIME - 1)!r}"
        return share if (least, most) == (0, 1) else f"{least!r} + {most - least!r} * ({share})"
    least, most = 0 if least is None else least, PRIME - 1 if most is None else most
    _require_range(least, most)
    if not (isinstance(least, int) and isinstance(most, int)) or most - least >= PRIME:
        fault = f"its range from {least} to {most} cannot be had."
        raise ExpressionError(fault, f"It is of whole numbers, at most {PRIME} of them.")
    bits = 31 if dtype == Int32 else 63
    if not -(2**bits) < least <= most < 2**bits:
        raise ExpressionError(
            f"its range from {least} to {most} is none of {dtype}.", "Take smaller numbers."
        )
    return _added(int(least), f"({value}) % {most - least + 1}")


def _added(number: int, text: str) -> str:
    return f"{number} + {text}" if number else text


def _require_range(least: float, most: float) -> None:
    if least > most:
        raise ExpressionError(f"its minimum {least} is above its maximum {most}.", "Exchange them.")


def _check_fields(source: DataGenSource, schema: Schema, scope: Scope) -> None:
    for name in source.field_configs:
        if name not in schema:
            near = nearest(str(name), schema.names)
            hint = f"Did you mean {near!r}?" if near else f"There are: {', '.join(schema.names)}."
            scope.fault(source.name, None, f"field_configs name {name!r}, which is no column.", hint)
    field = source.timestamp_field
    if field is None or field not in schema:
        return
    config = source.field_configs.get(field)
    good = isinstance(config, SequenceField) and schema[field] in (Int32, Int64)
    if (
        not good
        or not isinstance(config, SequenceField)
        or min(config.start, config.end or config.start) <= 0
    ):
        scope.fault(
            source.name,
            field,
            "the times of a DataGenSource are numbers that are counted, after 1970.",
            "Make the column INT or BIGINT, and a SequenceField that starts above 0.",
        )


def _time(source: DataGenSource, time: EventTime, made: list[Made], number: str) -> EventTime:
    """Return the event time as it is computed from the number of the row."""
    unit = EPOCH_FORMATS[str(source.timestamp_format)]
    text = next(one.text for one in made if one.name == source.timestamp_field)
    millis = _typed(f"({text}) * {unit}" if unit != 1 else text, Schema(((number, Int64),)))
    return replace(time, expr=Call("TIMESTAMP_OF_MILLIS", (millis,), Instant))
