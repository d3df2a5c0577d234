"""Transforms: how a feature's value comes about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from sqlfeat.dsl.tables import Table
from sqlfeat.expr.builder import Term
from sqlfeat.types import DataType
from sqlfeat.words import Duration

Expression = str | int | float | Term
"""An expression as text, a number, or built with `col()`."""


@dataclass(frozen=True, eq=False)
class Transform:
    """What every transform is."""


@dataclass(frozen=True, eq=False)
class ExpressionTransform(Transform):
    """A value computed from the row: its source's columns and the features above this one."""

    expr: Expression


@dataclass(frozen=True, eq=False)
class PythonUdfTransform(Transform):
    """A value that a Python function computes from values of the row: `udf(row[a], row[b])` for
    `args=["a", "b"]`, columns of the view's source or features above this one.

    `dtype` (here, or of the Feature) is the type of what it gives. NULL is None, INT and BIGINT are int,
    FLOAT and DOUBLE float, DECIMAL is decimal.Decimal, STRING str, BOOLEAN bool, BYTES bytes, DATE
    datetime.date, TIMESTAMP a datetime in UTC, ARRAY a list, MAP and STRUCT a dict; both ways. What is no
    value of the type stops the run. An exception stops it too, unless `fail_on_exception` is False: then
    the value is `value_on_exception`.

    The function gives the same value for the same arguments, whenever and wherever it is called. It runs
    in the engine's workers: what its own module holds goes with it, what it imports must be there.
    """

    udf: Callable[..., object]
    args: Sequence[str] = ()
    _: KW_ONLY
    dtype: DataType | None = None
    fail_on_exception: bool = True
    value_on_exception: object = None


@dataclass(frozen=True, eq=False)
class JoinTransform(Transform):
    """A point-in-time join: `expr` over the latest row of a table with equal keys whose time is not
    after the row's own (`strict`: before it). NULL where there is none; NULL keys match nothing.

    `table_name` is a source or view, or its name. `keys` are the columns to compare, or a mapping from
    the row's columns to the table's; unless said, the table's own keys. A match older than the row's
    time less `ttl` counts as none. Of rows that tie in key and time, the one with the greatest
    `tie_breaker` (a column of the table) wins. With `known_at`, a TIMESTAMP column of the table that
    says when its row became known, the match also was known at the row's time.
    """

    table_name: Table | str
    expr: Expression
    _: KW_ONLY
    keys: Sequence[str] | Mapping[str, str] | None = None
    ttl: Duration | None = None
    strict: bool = False
    tie_breaker: str | None = None
    known_at: str | None = None


@dataclass(frozen=True, eq=False)
class OverWindowTransform(Transform):
    """An aggregate, for each row, over the rows of its `group_by_keys` in `[t - window_size, t]`;
    `window_size=None` reaches back to the beginning.

    `closed` says which ends belong to the window: `"both"`, `"right"` `(t - size, t]`, `"left"`
    `[t - size, t)` or `"none"`. Rows that do not match `filter_expr` are not counted, and still come
    out. With `limit=n` only the n most recent matching rows of the window count. Of rows of one time,
    the one with the greatest `tie_breaker` (a column) is the most recent, then the one with the
    greatest value; FIRST_VALUE, LAST_VALUE and COLLECT_LIST go by that order too.
    """

    expr: Expression
    agg_func: str
    window_size: Duration | None = None
    group_by_keys: Sequence[str] = ()
    filter_expr: Expression | None = None
    _: KW_ONLY
    closed: str = "both"
    limit: int | None = None
    tie_breaker: str | None = None


@dataclass(frozen=True, eq=False)
class SlidingWindowTransform(Transform):
    """An aggregate over windows of `window_size` that end every `step_size`, per `group_by_keys`.

    A window holds the rows from its start, included, to its end, excluded. `window_size` is a multiple
    of `step_size`; a step of whole days ends at midnight in the project's time zone.

    Rows that do not match `filter_expr` are not counted. With `limit=n` only the n most recent matching
    rows of a window count. Of rows of one time, the one with the greatest `tie_breaker` (a column) is
    the most recent, then the one with the greatest value.
    """

    expr: Expression
    agg_func: str
    window_size: Duration
    step_size: Duration
    group_by_keys: Sequence[str] = ()
    filter_expr: Expression | None = None
    _: KW_ONLY
    limit: int | None = None
    tie_breaker: str | None = None
