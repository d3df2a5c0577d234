"""Features, feature views and materializations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from sqlfeat.dsl.sinks import Sink
from sqlfeat.dsl.tables import Table
from sqlfeat.dsl.transforms import Expression, Transform
from sqlfeat.types import DataType


@dataclass(frozen=True, eq=False)
class Feature:
    """A named value. `transform` is a transform, or an expression (text or `col()`). Without one, the
    name says it, as it does among the features of a view: a column, or a table's column that is joined.

    `dtype`, if said, is the type that comes out: the definition is refused where the value's own type
    cannot become it without loss. `keys` say what the feature is about; a window's or a join's keys
    unless said.
    """

    name: str
    transform: Transform | Expression | None = None
    _: KW_ONLY
    dtype: DataType | None = None
    keys: Sequence[str] | None = None
    description: str = ""


@dataclass(frozen=True, eq=False)
class FeatureView(Table):
    """What every view says: a source (or view) to read, and features.

    A feature is a `Feature`, or text: `"user_id"` is a column of the source, `"prices.price"` joins
    the column `price` of the table `prices` at the row's time. `filter_expr` keeps the rows for which
    it is true, after the features were computed. `tables` are what its features name by text.
    """

    _: KW_ONLY
    source: Table
    features: Sequence[Feature | str]
    filter_expr: Expression | None = None
    tables: Sequence[Table] = ()


@dataclass(frozen=True, eq=False)
class DerivedFeatureView(FeatureView):
    """One row for each row of the source, with the features.

    With `keep_source_fields` the source's columns come out too, in their order, before the features;
    without, the keys and the timestamp do. A feature that has a source column's name replaces it.
    `keys`, if said, are what a join onto the view uses; else the features' keys, else the source's.
    """

    _: KW_ONLY
    keep_source_fields: bool = False
    keys: Sequence[str] | None = None


@dataclass(frozen=True, eq=False)
class SlidingFeatureView(FeatureView):
    """One row for each key and window that holds a row of that key: the keys, the time of the window's
    end less one millisecond, and the features. All windows have the same keys and step.

    `timestamp_field` names the time; it is a TIMESTAMP, or what `timestamp_format` says: text by
    strptime codes, `"epoch"` or `"epoch_millis"`. An expression over the keys and the window features
    is computed from the window's row; any other is an input of the windows and does not come out.

    With `enable_empty_window_output` a key gets one more row, of zeros and NULLs, when its largest
    window has emptied. With `skip_same_window_output` a row is left out if all of its features equal
    those of the key's row before it. `filter_expr` comes after both. They change what comes out, not
    what a join onto the view finds.
    """

    _: KW_ONLY
    timestamp_field: str = "window_time"
    timestamp_format: str | None = None
    enable_empty_window_output: bool = False
    skip_same_window_output: bool = False


@dataclass(frozen=True, eq=False)
class SqlFeatureView(Table):
    """The rows of a SELECT that the definition holds as text: one `sql` for every dialect, or a mapping
    from the names of dialects to texts. It reads sources and views by their names, those of `tables` and
    those that are known to the whole; of each it sees the columns that come out.

    `schema` names the columns that come out, in their order, and their types. `keys`, `timestamp_field`
    and `timestamp_format` are as those of a source; rows may arrive in the order in which the tables that
    it reads give them.
    """

    sql: str | Mapping[str, str]
    _: KW_ONLY
    schema: Mapping[str, DataType]
    tables: Sequence[Table] = ()
    keys: Sequence[str] | None = None
    timestamp_field: str | None = None
    timestamp_format: str | None = None


@dataclass(frozen=True, eq=False)
class Materialization:
    """The rows of a view, written to a sink. `name` identifies the job."""

    name: str
    view: Table
    sink: Sink
