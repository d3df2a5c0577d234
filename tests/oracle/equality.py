"""Equal rows: the same multiset, floats within 1e-9, everything else exactly."""

from __future__ import annotations

from collections.abc import Sequence

from .matching import unmatched
from .values import close, exact_part, floats_of

MOST_SHOWN = 20

Values = Sequence[object]


def differences(
    expected_rows: Sequence[Values], actual_rows: Sequence[Values], columns: Sequence[str]
) -> list[str]:
    """Return what is different, a message for each row; nothing when the rows are equal.

    The order of the rows does not matter, how often each comes does. 1 and 1.0 are different: one
    is an integer. NaN equals NaN, 0.0 equals -0.0.
    """
    for row in (*expected_rows, *actual_rows):
        if len(row) != len(columns):
            return [f"{len(columns)} columns, but a row with {len(row)} values: {row!r}"]
    missing, unexpected = _unmatched(expected_rows, actual_rows)
    more = len(missing[MOST_SHOWN:]) + len(unexpected[MOST_SHOWN:])
    messages = _messages(missing[:MOST_SHOWN], unexpected[:MOST_SHOWN], columns)
    return [*messages, f"and {more} more rows that have no equal"] if more else messages


def _unmatched(expected: Sequence[Values], actual: Sequence[Values]) -> tuple[list[Values], list[Values]]:
    """Return the rows of each side that have no equal on the other, in their order.

    Rows that are alike but for their floats are matched among themselves.
    """
    alike: dict[object, tuple[list[int], list[int]]] = {}
    for side, rows in enumerate((expected, actual)):
        for place, row in enumerate(rows):
            alike.setdefault(exact_part(list(row)), ([], []))[side].append(place)
    missing: list[int] = []
    unexpected: list[int] = []
    for left, right in alike.values():
        lone_left, lone_right = unmatched(
            [floats_of(list(expected[place])) for place in left],
            [floats_of(list(actual[place])) for place in right],
        )
        missing += (left[place] for place in lone_left)
        unexpected += (right[place] for place in lone_right)
    return [expected[i] for i in sorted(missing)], [actual[i] for i in sorted(unexpected)]


def _messages(missing: list[Values], unexpected: list[Values], columns: Sequence[str]) -> list[str]:
    """Say of each missing row how the most similar one that was not expected differs."""
    messages: list[str] = []
    left = list(range(len(unexpected)))
    for row in missing:
        nearest = min(left, key=lambda place: len(_changes(row, unexpected[place])), default=None)
        if nearest is None or 2 * len(_changes(row, unexpected[nearest])) > len(columns):
            messages.append(f"missing: {_shown(row, columns)}")
            continue
        left.remove(nearest)
        changes = (
            f"{columns[place]} is {unexpected[nearest][place]!r} instead of {row[place]!r}"
            for place in _changes(row, unexpected[nearest])
        )
        messages.append(f"different: {_shown(row, columns)}: {', '.join(changes)}")
    return messages + [f"unexpected: {_shown(unexpected[place], columns)}" for place in left]


def _changes(row: Values, other: Values) -> list[int]:
    """Return the places at which two rows differ."""
    return [place for place, pair in enumerate(zip(row, other, strict=True)) if not _equal(*pair)]


def _equal(value: object, other: object) -> bool:
    return exact_part(value) == exact_part(other) and close(floats_of(value), floats_of(other))


def _shown(row: Values, columns: Sequence[str]) -> str:
    pairs = zip(columns, row, strict=True)
    return "(" + ", ".join(f"{name}={value!r}" for name, value in pairs) + ")"
