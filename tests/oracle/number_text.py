"""Numbers as text, as Java shows them."""

from __future__ import annotations

import math
import struct
from decimal import Decimal


def to_float(value: float) -> float:
    """Return the nearest FLOAT, Infinity beyond the largest."""
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def number_text(value: object) -> str:
    """Return a number as Java shows it: of a float, the fewest digits that tell it from others."""
    if isinstance(value, float):
        return _java(value, repr(value))
    return format(value if value else abs(value), "f") if isinstance(value, Decimal) else str(value)


def float_text(value: object) -> str:
    assert isinstance(value, float)
    shown = (f"{value:.{digits}g}" for digits in range(1, 10))
    return _java(value, next((text for text in shown if to_float(float(text)) == value), "nan"))


def _java(value: float, shortest: str) -> str:
    if not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    sign, digits, exponent = Decimal(shortest).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + int(exponent)
    if value == 0:
        shown = "0.0"
    elif 1e-3 <= abs(value) < 1e7:
        text = "0" * max(0, 1 - point) + text + "0" * max(0, point + 1 - len(text))
        shown = text[: max(point, 1)] + "." + text[max(point, 1) :]
    else:
        shown = f"{text[0]}.{text[1:] or '0'}E{point - 1}"
    return "-" * sign + shown
