"""Texts that hold JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sqlfeat.types import Null, String

from .errors import OracleError
from .formulas import Formula, Rule, strict

if TYPE_CHECKING:
    from collections.abc import Sequence

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def value_at(name: str, args: Sequence[Formula]) -> Formula:
    """Return the scalar at a path as text, NULL where there is none."""
    if args[0].type not in (String, Null):
        raise OracleError(f"{name} does not take {args[0].type}")
    steps = [
        step or int(place)
        for step, place in re.findall(r"\.(\w+)|\[(\d+)\]", str(args[1].literal).removeprefix("$"))
    ]
    return strict(String, args[:1], lambda text: _scalar(_at(_parsed(text), steps)))


def _parsed(text: str) -> object:
    """Return the JSON that a text starts with; what follows an object or an array is not looked at."""

    def refused(name: str) -> object:
        raise ValueError(name)

    decoder = json.JSONDecoder(parse_constant=refused)
    try:
        return decoder.raw_decode(text.lstrip(" \t\r\n"))[0]
    except ValueError:
        return None


def _at(value: Any, steps: Sequence[str | int]) -> object:
    for step in steps:
        if not isinstance(value, dict if isinstance(step, str) else list):
            return None
        try:
            value = value[step]
        except (KeyError, IndexError):
            return None
    return value


def _scalar(value: object) -> str | None:
    if value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return of_double(value) if isinstance(value, float) else str(value)


def of_double(value: float) -> str:
    """Return a DOUBLE as text: with an exponent below 0.001 and from 10,000,000 on."""
    if value == 0:
        return "-0.0" if str(value)[0] == "-" else "0.0"
    if 1e-3 <= abs(value) < 1e7:
        return format(value, "f") if "e" in repr(value) else repr(value)
    sign = "-" if value < 0 else ""
    digits, _, exponent = format(abs(value), ".17e").partition("e")
    for count in range(18):
        digits, _, exponent = format(abs(value), f".{count}e").partition("e")
        if float(f"{digits}e{exponent}") == abs(value):
            break
    mantissa = digits if "." in digits else f"{digits}.0"
    return f"{sign}{mantissa}E{int(exponent)}"


def as_json(name: str, args: Sequence[Formula]) -> Formula:
    return strict(String, args, _json)


def _json(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{_text(key)}:{_json(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, str):
        return _text(value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _text(value: str) -> str:
    return '"' + "".join(map(_character, value)) + '"'


def _character(one: str) -> str:
    return ESCAPES.get(one) or (f"\\u{ord(one):04X}" if ord(one) < 32 else one)


JSON: dict[str, Rule] = {"JSON_VALUE": value_at, "JSON_STRING": as_json}
