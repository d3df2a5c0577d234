"""A value of one type as a value of another: widening, and CAST."""

from __future__ import annotations

import math
import re
import struct
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

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
    Null,
    String,
    StructType,
    Timestamp,
)

from .errors import OracleError
from .instants import midnight, on_the_clock, to_datetime, to_ms
from .number_text import float_text, number_text, to_float
from .time_text import read_text, show_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

EXACT = Context(prec=200)
"""Decimal arithmetic that never rounds by itself."""

BITS = {Int32: 31, Int64: 63}
FLOATS = (Float32, Float64)
DIGITS = {Int32: 10, Int64: 19}


def exact_type(dtype: DataType) -> DecimalType | None:
    """Return the DECIMAL that holds every value of an exact numeric type, None for other types."""
    if isinstance(dtype, DecimalType):
        return dtype
    return DecimalType("DECIMAL", DIGITS[dtype], 0) if dtype in DIGITS else None


def decimal_type(whole: int, scale: int) -> DecimalType:
    """Return the DECIMAL with so many digits before the point and after it."""
    if whole + scale > 38:
        raise OracleError(f"a DECIMAL of {whole + scale} digits is refused")
    return DecimalType("DECIMAL", whole + scale, scale)


def meeting_of(types: list[DataType]) -> DataType:
    """Return the one type in which values of all these types are compared, or chosen from."""
    kinds = list(dict.fromkeys(dtype for dtype in types if dtype != Null))
    if len(kinds) <= 1:
        return kinds[0] if kinds else Null
    exact = [exact_type(dtype) for dtype in kinds]
    if not all(found or dtype in (Float32, Float64) for found, dtype in zip(exact, kinds, strict=True)):
        raise OracleError(f"{', '.join(map(str, kinds))} do not go together")
    decimals = [found for found in exact if found is not None]
    if len(decimals) < len(kinds):
        return Float64
    if all(dtype in BITS for dtype in kinds):
        return Int64
    whole = max(dtype.precision - dtype.scale for dtype in decimals)
    return decimal_type(whole, max(dtype.scale for dtype in decimals))


def as_type(value: object, dtype: DataType) -> object:
    """Return a value as one of the type, which has room for it: the type it has, or a wider one."""
    if value is None:
        return None
    if dtype in BITS:
        return in_bits(value, dtype)
    if dtype == Float64:
        return float(value)  # type: ignore[arg-type]
    if dtype == Float32:
        return struct.unpack("f", struct.pack("f", value))[0]
    if isinstance(dtype, DecimalType):
        return quantized(Decimal(str(value)), dtype)
    return nested_as_type(value, dtype)


def nested_as_type(value: Any, dtype: DataType) -> object:
    """Return an array, a map or a struct with what is in it as of its types; another value as it is."""
    if isinstance(dtype, ArrayType):
        return [as_type(element, dtype.element) for element in value]
    if isinstance(dtype, MapType):
        return {as_type(key, dtype.key): as_type(element, dtype.value) for key, element in value.items()}
    if isinstance(dtype, StructType):
        return {name: as_type(value[name], of) for name, of in dtype.fields}
    return value


def in_bits(value: object, dtype: DataType) -> int:
    """Return an integer that fits into its type; one that does not is left to the engine."""
    assert isinstance(value, int), value
    if not -(2 ** BITS[dtype]) <= value < 2 ** BITS[dtype]:
        raise OracleError(f"{value} overflows {dtype}")
    return value


def quantized(value: Decimal, dtype: DecimalType) -> Decimal:
    """Return a decimal with the digits of its type, rounded half up."""
    unit = Decimal(1).scaleb(-dtype.scale)
    if value.adjusted() > 38:
        raise OracleError(f"{value} overflows {dtype}")
    rounded = value.quantize(unit, rounding=ROUND_HALF_UP, context=EXACT)
    if EXACT.abs(rounded) >= EXACT.power(Decimal(10), dtype.precision - dtype.scale):
        raise OracleError(f"{value} overflows {dtype}")
    return rounded


def widens(source: DataType, target: DataType) -> bool:
    """Whether each value of a type is one of the other, up to a DOUBLE's precision."""
    if source in (target, Null):
        return True
    exact = exact_type(source)
    if target == Float64:
        return source == Float32 or exact is not None
    if target == Int64:
        return source == Int32
    if not isinstance(target, DecimalType) or exact is None:
        return False
    return exact.scale <= target.scale and (
        exact.precision - exact.scale <= target.precision - target.scale
    )


def caster(source: DataType, target: DataType, zone: ZoneInfo) -> Callable[[object], object]:
    """Return what makes a value of one type one of another, by CAST."""
    if widens(source, target):
        return lambda value: as_type(value, target)
    if source in FLOATS or exact_type(source) is not None:
        return _number_caster(source, target)
    if source == Boolean and target in (*BITS, Float64):
        return lambda value: as_type(int(bool(value)), target)
    if source == String and target in READERS:
        return READERS[target]
    if source == String and (target == Float32 or isinstance(target, DecimalType)):
        return lambda value: narrowed(READERS[Float64 if target == Float32 else Null](value), target)
    if (source, target) in OF_TIMES_AND_BYTES:
        return lambda value: OF_TIMES_AND_BYTES[source, target](value, zone)
    if target == String and source in (Boolean, Date, Timestamp):
        return lambda value: text_of(value, zone)
    raise OracleError(f"there is no CAST from {source} to {target}")


def _number_caster(source: DataType, target: DataType) -> Callable[[object], object]:
    if target == String:
        return float_text if source == Float32 else number_text
    if target not in FLOATS and exact_type(target) is None:
        raise OracleError(f"there is no CAST from {source} to {target}")
    return lambda value: narrowed(value, target)


def narrowed(value: object, target: DataType) -> object:
    """Return a number as one of another type: a fraction is cut, digits of a DECIMAL are rounded."""
    if isinstance(value, float) and not math.isfinite(value) and target not in FLOATS:
        raise OracleError(f"{value} is no {target}")
    if target in BITS:
        return in_bits(int(value), target)  # type: ignore[call-overload]
    if target == Float32:
        return to_float(float(value))  # type: ignore[arg-type]
    return as_type(value, target)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a text as CAST shows an instant; a fraction may be left out."""
    for time_format in ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S"):
        instant = read_text(text, time_format, zone)
        if instant is not None:
            return to_datetime(instant)
    raise OracleError(f"{text!r} cannot be read by CAST")


def _day(text: str) -> date:
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise OracleError(f"{text!r} cannot be read by CAST")


def _decoded(value: object) -> str:
    try:
        return bytes(value).decode()  # type: ignore[call-overload]
    except UnicodeDecodeError:
        raise OracleError(f"{value!r} is no text in UTF-8") from None


def text_of(value: object, zone: ZoneInfo) -> str:
    """Return a value as text; an instant as the clock of the zone shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return show_text(to_ms(value), "%Y-%m-%d %H:%M:%S.%f", zone)[:-3]
    return value.isoformat() if isinstance(value, date) else str(value)


def _reader(pattern: str, read: Callable[[str], object]) -> Callable[[object], object]:
    def reader(value: object) -> object:
        text = str(value)
        if re.fullmatch(pattern, text) is None:
            raise OracleError(f"{value!r} cannot be read by CAST")
        return read(text)

    return reader


WHOLE = r" *[+-]?[0-9]+ *"
NUMBER = r" *[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})? *"

READERS: dict[DataType, Callable[[object], object]] = {
    Int32: _reader(WHOLE, lambda text: in_bits(int(text), Int32)),
    Int64: _reader(WHOLE, lambda text: in_bits(int(text), Int64)),
    Float64: _reader(NUMBER, float),
    Null: _reader(NUMBER, lambda text: Decimal(text.strip())),
    Date: lambda value: _day(str(value)),
    Boolean: _reader("(?i)true|false", lambda text: text.lower() == "true"),
}
"""CAST from text, to a DECIMAL under NULL: OracleError where the text is no value of the type."""

OF_TIMES_AND_BYTES: dict[tuple[DataType, DataType], Callable[..., object]] = {
    (String, Timestamp): lambda value, zone: _moment(str(value), zone),
    (Timestamp, Date): lambda value, zone: on_the_clock(to_ms(value), zone).date(),
    (Date, Timestamp): lambda value, zone: to_datetime(midnight(value, zone)),
    (String, Bytes): lambda value, zone: str(value).encode(),
    (Bytes, String): lambda value, zone: _decoded(value),
}
