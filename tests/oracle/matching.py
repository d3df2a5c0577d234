"""Pairs of close rows of floats: as many as there can be, whichever way the tolerance overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ordering import ranks
from .values import Floats, close

if TYPE_CHECKING:
    from collections.abc import Sequence


def unmatched(left: Sequence[Floats], right: Sequence[Floats]) -> tuple[list[int], list[int]]:
    """Return the places on each side that are left over when as many as possible are paired."""
    if len(left) == len(right) and _in_order(left, right):
        return [], []
    neighbours = [[place for place, b in enumerate(right) if close(a, b)] for a in left]
    pairs = _paired(neighbours)
    taken = set(pairs.values())
    return (
        [place for place in range(len(left)) if place not in pairs],
        [place for place in range(len(right)) if place not in taken],
    )


def _in_order(left: Sequence[Floats], right: Sequence[Floats]) -> bool:
    """Whether the sides pair up when both are sorted: the usual case, and quick."""
    ordered = zip(sorted(left, key=_order), sorted(right, key=_order), strict=True)
    return all(close(one, other) for one, other in ordered)


def _order(floats: Floats) -> tuple:
    return ranks(list(floats))


def _paired(neighbours: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return a largest set of pairs: one place after the other, and others make way for it."""
    pairs: dict[int, int] = {}
    owners: dict[int, int] = {}
    for start in range(len(neighbours)):
        reached: dict[int, int] = {}
        free: int | None = None
        waiting = [start]
        for place in waiting:
            for wanted in neighbours[place]:
                if wanted not in reached:
                    reached[wanted] = place
                    waiting += [owners[wanted]] if wanted in owners else []
                    free = wanted if wanted not in owners and free is None else free
        while free is not None:
            owner = reached[free]
            previous = pairs.get(owner)
            pairs[owner], owners[free] = free, owner
            free = previous
    return pairs
