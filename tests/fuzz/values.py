"""Values of each type: hypothesis fills the pools, extremes are added by hand."""

from __future__ import annotations

import functools
import string
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sqlfeat.types import (
    ArrayType,
    Boolean,
    Bytes,
    DataType,
    Date,
    DecimalType,
    Float32,
    Float64,
    Int32,
    Int64,
    MapType,
    String,
    StructType,
    Timestamp,
)

TAMEST = 1000
"""The greatest tame number: sums and products of a few of them are exact in every type."""

EXACT = Context(prec=40)
EIGHTHS = st.integers(-8 * TAMEST, 8 * TAMEST).map(lambda number: number / 8)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=6)
WORDS = st.text(string.ascii_letters, max_size=3)
FIRST_INSTANT = datetime(1971, 1, 1)
LAST_INSTANT = datetime(2099, 12, 31)
EDGES: dict[DataType, list[Any]] = {
    Int32: [0, 1, -1, 2**31 - 1, -(2**31)],
    Int64: [0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)],
    Float32: [0.0, -0.0, 0.10000000149011612, 3.4028234663852886e38, 1.401298464324817e-45, -1.5],
    Float64: [0.0, -0.0, 0.1, 1 / 3, 1e15, 1.7976931348623157e308, 5e-324, -1.5, 123456789.125],
    String: ["", " ", "a", "A", "ab", "it's", "a%b_c", "12", "-7", "12.7", "1e3", " 7 ", "true", "FALSE",
             "straße", "İ", "ΑΣ", "😀", "e\u0301", 'say "no"', "back\\slash", "${x}", "null", "NaN",
             "2022-03-13 02:30:00", "2022-02-30", '{"a": 1}', "a,b,,c", "tab\there", "x" * 40],
    Date: [date(1970, 1, 1), date(2000, 2, 29), date(2022, 3, 13), date(1969, 12, 31)],
    Bytes: [b"", b"\x00", b"\xff\xfe", b"abc"],
}  # fmt: skip
"""Values that lie at an edge of their type, or that engines read in different ways."""

TAME: dict[DataType, Any] = {
    Int32: st.integers(-TAMEST, TAMEST),
    Int64: st.integers(-TAMEST, TAMEST),
    Float32: EIGHTHS,
    Float64: EIGHTHS,
}
WILD: dict[DataType, Any] = {
    Int32: st.integers(-(2**31), 2**31 - 1),
    Int64: st.integers(-(2**63), 2**63 - 1),
    Float32: st.floats(width=32, allow_nan=False, allow_infinity=False),
    Float64: st.floats(allow_nan=False, allow_infinity=False),
    String: st.one_of(WORDS, TEXTS),
    Date: st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    Bytes: st.binary(max_size=4),
    Boolean: st.booleans(),
    Timestamp: st.datetimes(FIRST_INSTANT, LAST_INSTANT, timezones=st.just(UTC)).map(
        lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    ),
}


@functools.cache
def pool(dtype: DataType, tame: bool, seeded: int) -> tuple[Any, ...]:
    """Return values of a type without parts, edges among them; of a tame number small exact ones."""
    if tame and dtype in TAME:
        return _drawn(TAME[dtype], 100, seeded)
    return (*EDGES.get(dtype, []), *_drawn(WILD[dtype], 60, seeded))


def _drawn(strategy: Any, count: int, seeded: int) -> tuple[Any, ...]:
    found: list[Any] = []

    @seed(seeded)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return tuple(found)


def random_value(dtype: DataType, tame: bool, rnd: Random, seeded: int) -> Any:
    """Return a value that is not NULL; parts of it may be."""
    if isinstance(dtype, DecimalType):
        return _decimal(dtype, tame, rnd)
    for kind, make in NESTED.items():
        if isinstance(dtype, kind):
            return make(dtype, tame, rnd, seeded)
    return rnd.choice(pool(dtype, tame, seeded))


def _decimal(dtype: DecimalType, tame: bool, rnd: Random) -> Decimal:
    """Return a number of the type; a tame one keeps two digits before the point, if it has them."""
    whole = dtype.precision - dtype.scale
    digits = dtype.scale + (min(whole, 2) if tame else whole)
    most = 10**digits - 1
    units = rnd.choice([0, 1, -1, 5, rnd.randint(-most, most), *(() if tame else (most, -most))])
    return Decimal(units).scaleb(-dtype.scale, EXACT)


def _part(dtype: DataType, tame: bool, rnd: Random, seeded: int) -> Any:
    return None if rnd.random() < 0.2 else random_value(dtype, tame, rnd, seeded)


def _array(dtype: ArrayType, tame: bool, rnd: Random, seeded: int) -> Any:
    return [_part(dtype.element, tame, rnd, seeded) for _ in range(rnd.randint(0, 3))]


def _map(dtype: MapType, tame: bool, rnd: Random, seeded: int) -> Any:
    keys = [random_value(dtype.key, tame, rnd, seeded) for _ in range(rnd.randint(0, 2))]
    return {key: _part(dtype.value, tame, rnd, seeded) for key in keys}


def _struct(dtype: StructType, tame: bool, rnd: Random, seeded: int) -> Any:
    return {name: _part(field, tame, rnd, seeded) for name, field in dtype.fields}


NESTED: dict[type[DataType], Callable[..., Any]] = {
    ArrayType: _array,
    MapType: _map,
    StructType: _struct,
}
MILLISECOND = timedelta(milliseconds=1)
