"""Spans of time in Flink SQL."""

from __future__ import annotations

from sqlfeat.plan.slide import DAY_MS


def interval(span_ms: int) -> str:
    """Return an interval, a literal in the largest unit that it is a whole number of. Flink takes two
    digits unless a precision is given, and three of days at most: longer ones are a sum.
    """
    longest = 999 * DAY_MS
    if abs(span_ms) <= longest:
        return _literal(span_ms, 3)
    times, rest = divmod(abs(span_ms), longest)
    whole = f"INTERVAL '{'-' if span_ms < 0 else ''}999' DAY(3) * {times}"
    if not rest:
        return f"({whole})"
    return f"({whole} {'-' if span_ms < 0 else '+'} {_literal(rest, 3)})"


def window_interval(span_ms: int) -> str:
    """Return an interval for HOP, which takes nothing but a literal, of any number of days."""
    return _literal(span_ms, max(3, len(str(abs(span_ms) // DAY_MS))))


def _literal(span_ms: int, precision: int) -> str:
    if span_ms == 0:
        return "INTERVAL '0' SECOND"
    sign, span_ms = ("-", -span_ms) if span_ms < 0 else ("", span_ms)
    for unit, size in (("DAY", DAY_MS), ("HOUR", 3_600_000), ("MINUTE", 60_000), ("SECOND", 1_000)):
        count, rest = divmod(span_ms, size)
        if not rest and count <= 99:
            return f"INTERVAL '{sign}{count}' {unit}"
        if not rest and unit == "DAY":
            return f"INTERVAL '{sign}{count}' DAY({precision})"
    days, rest = divmod(span_ms, DAY_MS)
    hours, rest = divmod(rest, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, millis = divmod(rest, 1_000)
    if not days and not hours and not minutes:
        return f"INTERVAL '{sign}{seconds}.{millis:03d}' SECOND"
    clock = f"{hours:02d}:{minutes:02d}:{seconds:02d}.{millis:03d}"
    return f"INTERVAL '{sign}{days} {clock}' DAY({precision}) TO SECOND(3)"
