"""Values of columns as a Python function gets and gives them.

What stands here is sent to an engine's workers with the functions, where sqlfeat need not be installed:
it uses the standard library alone.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlfeat.types import DataType

Fit = Callable[[Any], Any]
"""Makes what a function gave a value of a type; raises ValueError for what is none."""

BITS = {"INT": 31, "BIGINT": 63}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def instant_taken(millis: int | None) -> datetime | None:
    """Return the instant that a function gets for milliseconds since 1970."""
    return None if millis is None else EPOCH + millis * MILLISECOND


def instant_given(instant: datetime | None) -> int | None:
    """Return the milliseconds since 1970 of an instant that a function gave.

    >>> instant_given(instant_taken(-1))
    -1
    """
    return None if instant is None else (instant - EPOCH) // MILLISECOND


def taken(value: Any) -> Any:
    """Return a value of a column as a function gets it: an instant is a datetime in UTC, a STRUCT a dict.

    A datetime without an offset is in the zone of the worker's process, where an engine makes such.

    >>> taken([bytearray(b"x"), None])
    [b'x', None]
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if hasattr(value, "asDict") or hasattr(value, "as_dict"):
        fields = value.asDict() if hasattr(value, "asDict") else value.as_dict()
        return {name: taken(field) for name, field in fields.items()}
    if isinstance(value, Mapping):
        return {taken(key): taken(element) for key, element in value.items()}
    if isinstance(value, list | tuple):
        return [taken(element) for element in value]
    return bytes(value) if isinstance(value, bytearray) else value


def fit(dtype: DataType, row: Callable[[list[Any]], Any]) -> Fit:
    """Return what checks a function's result, and makes it a value of the type; None is NULL.

    `row` makes a STRUCT as the engine takes it.

    >>> from sqlfeat.types import Array, Int64
    >>> fit(Array(Int64), tuple)((1, None))
    [1, None]
    """
    name, check = str(dtype), _check(dtype, row)

    def fitted(value: Any) -> Any:
        if value is None:
            return None
        try:
            return check(value)
        except (TypeError, OverflowError, ArithmeticError):
            raise ValueError(f"{_shown(value)} ({type(value).__name__}) is no {name}") from None

    return fitted


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else text[:100] + " …"


def _check(dtype: Any, row: Callable[[list[Any]], Any]) -> Fit:
    """Return the check of a value that is not None; it raises TypeError for one of another kind."""
    if dtype.name == "DECIMAL":
        return _decimal(dtype.precision, dtype.scale)
    if dtype.name == "ARRAY":
        return _array(fit(dtype.element, row))
    if dtype.name == "MAP":
        return _map(fit(dtype.key, row), fit(dtype.value, row))
    if dtype.name == "STRUCT":
        return _struct([(name, fit(field, row)) for name, field in dtype.fields], row)
    return _integer(BITS[dtype.name]) if dtype.name in BITS else SCALARS[dtype.name]


def _integer(bits: int) -> Fit:
    def check(value: Any) -> int:
        whole = int(_only(value, Integral, not_a=bool))
        if not -(2**bits) <= whole < 2**bits:
            raise OverflowError
        return whole

    return check


def _decimal(precision: int, scale: int) -> Fit:
    def check(value: Any) -> Decimal:
        exact = Decimal(_only(value, (Decimal, int), not_a=bool))
        fitted = exact.quantize(Decimal(1).scaleb(-scale), context=Context(prec=precision))
        if not exact.is_finite() or fitted != exact:
            raise OverflowError
        return fitted

    return check


def _array(element: Fit) -> Fit:
    return lambda value: [element(one) for one in _only(value, (list, tuple))]


def _map(key: Fit, of: Fit) -> Fit:
    def check(value: Any) -> dict[Any, Any]:
        if any(one is None for one in _only(value, Mapping)):
            raise TypeError
        return {key(one): of(other) for one, other in value.items()}

    return check


def _struct(fields: list[tuple[str, Fit]], row: Callable[[list[Any]], Any]) -> Fit:
    def check(value: Any) -> Any:
        if set(_only(value, Mapping)) != {name for name, _ in fields}:
            raise TypeError
        return row([field(value[name]) for name, field in fields])

    return check


def _only(value: Any, kind: Any, not_a: Any = ()) -> Any:
    if not isinstance(value, kind) or isinstance(value, not_a):
        raise TypeError
    return value


def _double(value: Any) -> float:
    return float(_only(value, Real, not_a=bool))


def _float(value: Any) -> float:
    single: float = struct.unpack("f", struct.pack("f", _double(value)))[0]
    return single


def _boolean(value: Any) -> bool:
    return bool(value if type(value).__name__ in ("bool", "bool_") else _only(value, bool))


def _instant(value: Any) -> datetime:
    moment = _only(value, datetime)
    if moment.tzinfo is None:
        raise TypeError
    utc: datetime = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1_000 * 1_000)


SCALARS: dict[str, Fit] = {
    "BOOLEAN": _boolean,
    "FLOAT": _float,
    "DOUBLE": _double,
    "STRING": lambda value: str(_only(value, str)),
    "BYTES": lambda value: bytes(_only(value, bytes | bytearray)),
    "DATE": lambda value: _only(value, date, not_a=datetime),
    "TIMESTAMP": _instant,
}
