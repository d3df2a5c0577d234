"""Whether the fields of a definition hold values of the right kind, before anything reads them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath

from sqlfeat.compiler.scope import Scope
from sqlfeat.dsl.sinks import FileSystemSink, KafkaSink
from sqlfeat.dsl.sources import (
    DataGenSource,
    FileSystemSource,
    KafkaSource,
    RandomField,
    SequenceField,
    Source,
)
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.transforms import (
    ExpressionTransform,
    JoinTransform,
    OverWindowTransform,
    PythonUdfTransform,
    SlidingWindowTransform,
)
from sqlfeat.dsl.views import (
    DerivedFeatureView,
    Feature,
    FeatureView,
    Materialization,
    SlidingFeatureView,
    SqlFeatureView,
)
from sqlfeat.types import is_type
from sqlfeat.words import is_clean


@dataclass(frozen=True)
class Shape:
    """A field, whether a value fits into it, and what does in the reader's words."""

    field: str
    fits: Callable[[object], bool]
    wanted: str


def _is_path(value: object) -> bool:
    return isinstance(value, str | PathLike) and is_clean(fspath(value))


def _is_sql(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(is_clean(one) for pair in value.items() for one in pair)
    return is_clean(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 2**31


def _is_fields(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    return all(is_clean(name) and _is_field(config) for name, config in value.items())


def _is_field(config: object) -> bool:
    if isinstance(config, SequenceField):
        end = 0 if config.end is None else config.end
        return all(_is_whole(value) for value in (config.start, config.step, end))
    if not isinstance(config, RandomField):
        return False
    bounds = (value for value in (config.minimum, config.maximum) if value is not None)
    return _is_whole(config.length) and all(_is_whole(one) or _is_finite(one) for one in bounds)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _is_names(value: object) -> bool:
    is_list = isinstance(value, Sequence) and not isinstance(value, str | bytes)
    return is_list and all(is_clean(name) for name in value)  # type: ignore[attr-defined]


def _is_set_of_names(value: object) -> bool:
    return _is_names(value) and len(set(value)) == len(value)  # type: ignore[arg-type, call-overload]


def _is_keys(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(is_clean(name) for pair in value.items() for name in pair)
    return _is_set_of_names(value)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _is_tables(value: object) -> bool:
    return _is_list(value) and all(isinstance(table, Table) for table in value)  # type: ignore[attr-defined]


def _or_none(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or fits(value)


def _text(field: str) -> Shape:
    return Shape(field, is_clean, "text, not empty, without control characters")


def _optional(field: str) -> Shape:
    return Shape(field, _or_none(is_clean), "text, not empty, without control characters, or None")


def _flag(field: str) -> Shape:
    return Shape(field, lambda value: isinstance(value, bool), "True or False")


def _given(field: str) -> Shape:
    return Shape(field, lambda value: value is not None, "an expression: text, or col()")


CLOSED = ("both", "right", "left", "none")
"""Which ends of a window belong to it: both, the row's own time, the other, neither."""

PATH = Shape("path", _is_path, "text or a Path, not empty, without control characters")
NAMES = "a list of names, such as ['user_id']"
ONCE = "a list of names, each once, such as ['user_id']"
KEYS = Shape("keys", _or_none(_is_set_of_names), ONCE)
GROUP = Shape("group_by_keys", _is_set_of_names, ONCE)
LIMIT = Shape("limit", _or_none(_is_count), "a whole number from 1 on, or None")

SHAPES: dict[type, tuple[Shape, ...]] = {
    Table: (_text("name"),),
    Materialization: (_text("name"),),
    Source: (
        Shape("schema", lambda value: isinstance(value, Mapping) and bool(value), "a mapping of types"),
        Shape("keys", lambda value: value is None or is_clean(value) or _is_set_of_names(value), ONCE),
        _optional("timestamp_field"),
        _optional("timestamp_format"),
    ),
    FileSystemSource: (PATH,),
    DataGenSource: (
        Shape("number_of_rows", _or_none(_is_count), "a number from 1 on, or None"),
        Shape("rows_per_second", _or_none(_is_count), "a number from 1 on, or None"),
        Shape("field_configs", _is_fields, "a mapping from columns to SequenceField and RandomField"),
    ),
    FileSystemSink: (PATH,),
    KafkaSource: (
        _text("bootstrap_server"),
        _text("topic"),
        _optional("consumer_group"),
        _flag("bounded"),
    ),
    KafkaSink: (_text("bootstrap_server"), _text("topic")),
    SqlFeatureView: (
        Shape("sql", _is_sql, "a SELECT as text, or a mapping from names of dialects to such texts"),
        Shape("schema", lambda value: isinstance(value, Mapping) and bool(value), "a mapping of types"),
        Shape("tables", _is_tables, "a list of sources and views"),
        Shape("keys", lambda value: value is None or is_clean(value) or _is_names(value), NAMES),
        _optional("timestamp_field"),
        _optional("timestamp_format"),
    ),
    FeatureView: (
        Shape("features", _is_list, "a list of features"),
        Shape("tables", _is_tables, "a list of sources and views"),
    ),
    DerivedFeatureView: (KEYS, _flag("keep_source_fields")),
    SlidingFeatureView: (
        _text("timestamp_field"),
        _optional("timestamp_format"),
        _flag("enable_empty_window_output"),
        _flag("skip_same_window_output"),
    ),
    Feature: (
        _text("name"),
        KEYS,
    ),
    ExpressionTransform: (_given("expr"),),
    PythonUdfTransform: (
        Shape("udf", callable, "a function"),
        Shape("args", _is_names, NAMES),
        Shape("dtype", _or_none(is_type), "a type, such as sqlfeat.Int64"),
        _flag("fail_on_exception"),
    ),
    JoinTransform: (
        _given("expr"),
        Shape(
            "table_name", lambda value: isinstance(value, str | Table), "a source or view, or its name"
        ),
        Shape("keys", _or_none(_is_keys), ONCE + ", or a mapping from the row's names to the table's"),
        _optional("tie_breaker"),
        _optional("known_at"),
        _flag("strict"),
    ),
    OverWindowTransform: (
        _given("expr"),
        GROUP,
        Shape(
            "closed",
            lambda value: isinstance(value, str) and value in CLOSED,
            "one of " + ", ".join(map(repr, CLOSED)),
        ),
        LIMIT,
        _optional("tie_breaker"),
    ),
    SlidingWindowTransform: (_given("expr"), GROUP, LIMIT, _optional("tie_breaker")),
}


def called(definition: object) -> str:
    """Return what an error calls a definition."""
    name = getattr(definition, "name", definition)
    return name if isinstance(name, str) and is_clean(name) else repr(name)


def check_shape(definition: object, table: str, feature: str | None, scope: Scope) -> bool:
    """Whether each field of a definition holds a value of the right kind; note those that do not."""
    good = True
    for kind, shapes in SHAPES.items():
        for shape in shapes if isinstance(definition, kind) else ():
            value = getattr(definition, shape.field)
            if not shape.fits(value):
                fault = f"its {shape.field} cannot be {value!r}."
                scope.fault(table, feature, fault, f"It is {shape.wanted}.")
                good = False
    return good
