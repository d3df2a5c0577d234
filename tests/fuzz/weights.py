"""The tables of weights: how often each construct is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from sqlfeat.types import (
    Array,
    Boolean,
    Bytes,
    DataType,
    Date,
    Decimal,
    Float32,
    Float64,
    Int32,
    Int64,
    Map,
    String,
    Struct,
    Timestamp,
)

T = TypeVar("T")


def chosen(weights: Mapping[T, float], rnd: Random) -> T:
    """Return one of the keys, each as likely as its weight says."""
    (found,) = rnd.choices(list(weights), list(weights.values()))
    return found


ZONES: dict[str, float] = {
    "UTC": 4,
    "America/New_York": 3,
    "Europe/Berlin": 2,
    "Asia/Shanghai": 2,
    "Asia/Kolkata": 1,
    "Australia/Lord_Howe": 1,
    "Asia/Kathmandu": 0.7,
    "Africa/Casablanca": 0.7,
    "America/St_Johns": 0.5,
}

SINCE = {"Asia/Kathmandu": "1987"}
"""Of zones that have another offset for good: since when. docs/semantics.md says what days are before."""

MOMENTS: dict[str, float] = {
    "2022-01-01T00:00:00+00:00": 3,
    "2022-03-13T05:00:00+00:00": 2,
    "2022-03-27T00:00:00+00:00": 1.5,
    "2022-10-30T00:00:00+00:00": 1,
    "2022-11-06T04:00:00+00:00": 2,
    "2021-04-03T13:00:00+00:00": 0.5,
    "2021-10-02T13:00:00+00:00": 0.5,
    "2024-02-28T23:00:00+00:00": 1,
    "2038-01-19T03:00:00+00:00": 0.5,
    "1971-01-01T00:00:00+00:00": 0.5,
}
"""Around which instant the rows lie: ordinary days, the days on which clocks change, leap days."""

CHANGES: dict[str, tuple[str, str]] = {
    "America/New_York": ("2022-03-13T05:00:00+00:00", "2022-11-06T04:00:00+00:00"),
    "Europe/Berlin": ("2022-03-27T00:00:00+00:00", "2022-10-30T00:00:00+00:00"),
    "Australia/Lord_Howe": ("2021-10-02T13:00:00+00:00", "2021-04-03T13:00:00+00:00"),
    "Africa/Casablanca": ("2022-05-08T00:00:00+00:00", "2022-03-27T00:00:00+00:00"),
    "America/St_Johns": ("2022-03-13T03:00:00+00:00", "2022-11-06T02:00:00+00:00"),
}
"""When the clock of a zone is about to be put forward, and back; two of three definitions lie there."""

GRANULES: dict[int, float] = {
    1_000: 2,
    60_000: 3,
    3_600_000: 3,
    6 * 3_600_000: 1.5,
    86_400_000: 3,
    15 * 86_400_000: 1,
}
"""The milliseconds that times are multiples of, windows too: what lies on a boundary is the point."""

KEY_TYPES: dict[DataType, float] = {
    String: 4,
    Int64: 3,
    Int32: 2,
    Date: 0.5,
    Boolean: 0.5,
    Decimal(9, 2): 0.5,
    Bytes: 0.2,
}

VALUE_TYPES: dict[DataType, float] = {
    Int32: 3,
    Int64: 3,
    Float64: 3,
    String: 3,
    Boolean: 1.5,
    Decimal(9, 2): 1.5,
    Decimal(18, 4): 1,
    Decimal(38, 2): 0.5,
    Float32: 1,
    Date: 1,
    Timestamp: 1,
    Bytes: 0.4,
    Array(Int64): 0.4,
    Array(String): 0.4,
    Map(String, Int64): 0.4,
    Struct(a=Int32, b=String): 0.4,
}

ROWS: dict[tuple[int, int], float] = {(0, 0): 0.6, (1, 1): 0.6, (2, 6): 3, (7, 14): 4, (15, 30): 1.5}
"""From how many rows to how many a source has."""

KEYS: dict[int, float] = {1: 2, 2: 3, 4: 2, 9: 1}
"""How many keys the rows of a source have, NULL apart."""

NULLS: dict[float, float] = {0.0: 4, 0.2: 4, 0.7: 1, 1.0: 0.3}
"""How likely a value of a column is NULL."""


@dataclass(frozen=True)
class TimeFormat:
    """How a source writes its times: the column's type and format; finer ones have milliseconds."""

    type: DataType
    format: str | None
    fine: bool

    @property
    def ambiguous(self) -> bool:
        """Whether two instants may be written alike, where a clock is put back."""
        return self.type == String and "%z" not in str(self.format)


TIME_FORMATS: dict[TimeFormat, float] = {
    TimeFormat(String, "%Y-%m-%d %H:%M:%S", False): 4,
    TimeFormat(Timestamp, None, True): 3,
    TimeFormat(Int64, "epoch_millis", True): 3,
    TimeFormat(Int64, "epoch", False): 1,
    TimeFormat(Int32, "epoch", False): 0.5,
    TimeFormat(String, "%Y-%m-%dT%H:%M:%S.%f", True): 1,
    TimeFormat(String, "%Y-%m-%d %H:%M:%S %z", False): 1,
    TimeFormat(String, "%d/%m/%Y %H:%M:%S.%f%z", True): 0.5,
    TimeFormat(String, "%Y-%m-%dT%H:%M:%S%z", False): 0.5,
    TimeFormat(String, "%Y%m%d%H%M%S", False): 0.3,
}

OFFSETS = (0, 330, -480, 345, -210, 840)
"""Of texts that say theirs, in minutes."""

SOURCE_OPTIONS: dict[str, float] = {
    "max_out_of_orderness": 0.25,
    "on_bad_timestamp": 0.12,
    "data_format": 0.12,
    "known_at": 0.1,
}
"""How likely a source has each option, and a column that says when its rows became known."""

NAMES: dict[str, float] = {
    "n": 1, "amount": 1, "price": 1, "label": 1, "kind": 1, "x": 1, "y1": 1, "item_count": 1,
    "value": 0.4, "Order": 0.3, "user": 0.3, "timestamp": 0.2, "a b": 0.2, "it's": 0.2, "`q`": 0.1,
    "größe": 0.2, "select": 0.2, "date": 0.2, "count": 0.2, "side": 0.1, "version": 0.1, "age": 0.1,
    "window_time": 0.1, "event_time": 0.1, "row": 0.1, "rowtime": 0.1, "l": 0.1, "r": 0.1,
}  # fmt: skip
"""Names of columns: plain ones, and some that a grammar or a rewrite might want for itself."""

VIEWS: dict[int, float] = {1: 3, 2: 4, 3: 1.5}
"""How many views are between the sources and the target."""

FEATURES: dict[int, float] = {1: 2, 2: 3, 3: 2, 4: 1}

TRANSFORMS: dict[str, float] = {"expression": 3, "over": 3, "join": 3, "python": 0.3}

VIEW_OPTIONS: dict[str, float] = {"keep_source_fields": 0.6, "filter_expr": 0.2, "keys": 0.15}

OVER_OPTIONS: dict[str, float] = {"filter_expr": 0.3, "group_by_keys": 0.85}

JOIN_OPTIONS: dict[str, float] = {"ttl": 0.45, "strict": 0.2, "tie_breaker": 0.4, "renamed keys": 0.2,
                                  "known_at": 0.25, "counts": 0.5}  # fmt: skip

JOINED: dict[str, float] = {"SlidingFeatureView": 6}
"""Kinds of tables that are joined more often than others: 1 unless said."""

JOIN_WINDOWS = 0.6
"""How often a view begins with a join, if it can be one onto windows."""

SLIDING_OPTIONS: dict[str, float] = {
    "filter_expr": 0.3,
    "group_by_keys": 0.85,
    "timestamp_format": 0.3,
    "input": 0.3,
    "output": 0.5,
    "computed key": 0.1,
    "python": 0.1,
    "view filter": 0.2,
    "enable_empty_window_output": 0.25,
    "skip_same_window_output": 0.25,
}

DECLARED = 0.1
"""How likely a feature declares a wider type than its own."""

SLIDING_SHARE = 0.35
OWN_SELECT_SHARE = 0.05
"""How many of the views are sliding ones, and how many a SELECT of the definition's own."""

OWN_SELECT_OPTIONS: dict[str, float] = {"groups": 0.25, "where": 0.6, "timestamp_field": 0.85}

ASKED: dict[str, float] = {"keys": 0.08, "start": 0.04, "end": 0.04}
"""How likely some keys are asked for, or rows from a time on, or before one."""

ASKED_KEYS: dict[int, float] = {1: 2, 2: 2, 3: 1, 12: 0.3}
"""How many of them."""

WINDOW_OPTIONS: dict[str, float] = {"limit": 0.2, "tie_breaker": 0.15}

CLOSED: dict[str, float] = {"both": 5, "right": 1, "left": 0.4, "none": 0.4}
"""Which ends of an over window belong to it."""

STEPS: dict[int, float] = {1: 3, 2: 1, 3: 0.5}
SIZES: dict[int, float] = {1: 3, 2: 3, 3: 2, 5: 1, 12: 0.5}
"""How many granules a step has, and how many steps a sliding window."""

OVER_SIZES: dict[int | None, float] = {None: 3, 0: 1, 1: 3, 2: 2, 3: 1, 7: 1, 40: 0.7}
"""How many granules an over window has."""

LONGEST_DAYS = 990
"""No window and no ttl is longer."""

FUNCTION_WEIGHTS: dict[str, float] = {"AND": 0.7, "OR": 0.7, "IN": 0.6, "NOT IN": 0.6}
"""Functions that come more or less often than others: 1 unless said."""

AGGREGATE_WEIGHTS: dict[str, float] = {"SUM": 2, "COUNT": 1.5}
"""Aggregates that come more or less often than others: 1 unless said."""

CAST_SHARE = 0.12
"""How many of the calls are casts."""

TAME_FUNCTIONS = frozenset({"+", "-", "*", "NEGATE", "ABS", "CASE", "IF", "COALESCE", "NULLIF"})
"""Of small exact numbers they make exact ones."""

TAME_AGGREGATES = frozenset({"SUM", "COUNT", "MIN", "MAX", "FIRST_VALUE", "LAST_VALUE"})
SUMMING = frozenset({"SUM", "AVG", "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP"})
"""What adds numbers up: of wild ones the sum would depend on the order, or overflow."""

ROUGH_FUNCTIONS = frozenset({"EXP", "LN", "LOG10", "LOG2", "POWER"})
ROUGH_AGGREGATES = frozenset({"AVG", "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP"})
"""Engines compute their last digit in different ways: nothing is computed from what comes out."""

FORMATS = ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S%z")
UNITS = ("DAY", "YEAR", "QUARTER", "MONTH", "WEEK", "HOUR", "MINUTE", "SECOND")
PATTERNS = ("(a)|(b)", "([0-9]+)", "^([a-z])", "(.)$", r"(\s)")
SMALL = (2, 0, 1, -1, 5)

LITERALS: dict[tuple[str, int], tuple[object, ...]] = {
    ("LIKE", 1): ("%a%", "_", "%", "a_b%", "it's", "%\\%"),
    ("NOT LIKE", 1): ("%a%", "_", "%", "a%"),
    ("ROUND", 1): (1, 0, 2, -1),
    ("SPLIT_PART", 1): (",", "a", " "),
    ("SPLIT_PART", 2): (1, 2, -1),
    ("REGEXP_LIKE", 1): PATTERNS,
    ("REGEXP_REPLACE", 1): PATTERNS,
    ("REGEXP_REPLACE", 2): ("x", "", "it's"),
    ("REGEXP_EXTRACT", 1): PATTERNS,
    ("REGEXP_EXTRACT", 2): (1, 0),
    ("DATE_TRUNC", 0): UNITS,
    ("TIMESTAMPADD", 0): UNITS,
    ("TIMESTAMPADD", 1): SMALL,
    ("TIMESTAMPDIFF", 0): UNITS,
    ("TRY_TO_TIMESTAMP", 1): FORMATS,
    ("DATE_FORMAT", 1): FORMATS[:3],
    ("JSON_VALUE", 1): ("$.a", "$.a[0]", "$[0]", "$.b.c"),
    (".", 1): ("a", "b"),
    ("REPEAT", 1): SMALL,
    ("LPAD", 1): SMALL,
    ("RPAD", 1): SMALL,
    ("SUBSTRING", 1): SMALL,
    ("LEFT", 1): SMALL,
    ("RIGHT", 1): SMALL,
    ("[]", 1): (1, 2, 3),
}
"""By function and place of its argument, what mostly stands there, or must: constants."""

ALWAYS_LITERAL = frozenset({("REPEAT", 1), ("LPAD", 1), ("RPAD", 1), ("TIMESTAMPADD", 1)})
"""Where another number would make texts without end, or times out of reach."""

SMALL_NUMBERS = frozenset({("SUBSTRING", 1), ("SUBSTRING", 2), ("LEFT", 1), ("RIGHT", 1)})
"""Where a number that is no INT stops the run; engines may ask for it where a filter leaves rows out."""

LEFT_OUT = frozenset({("TO_TIMESTAMP", String), ("UNIX_TIMESTAMP", String)})
"""By function and type of its first argument: what stops the run, by the contract, for most values."""
