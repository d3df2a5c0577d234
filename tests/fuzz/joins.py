"""Random point-in-time joins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlfeat.types import DataType, Timestamp
from tests.fuzz.expressions import Expressions, Grade, ImpossibleError, Known
from tests.fuzz.features import barely, groupable, span
from tests.fuzz.model import Made, Ref
from tests.fuzz.sources import KNOWN_AT, SEQUENCE
from tests.fuzz.tables import Readable, Story
from tests.fuzz.weights import JOIN_OPTIONS, LONGEST_DAYS, OVER_SIZES, chosen

UNKNOWN = object()
DAY_MS = 86_400_000


@dataclass(frozen=True)
class Joined:
    """A join, and what it gives."""

    transform: Made
    type: DataType
    grade: Grade


def random_join(right: Readable, above: Readable, left: Mapping[str, Known], story: Story) -> Joined:
    """Return a join of a view over a table, with these columns so far, onto another. Where the rows of
    that may tie, a tie_breaker decides: without one engines take different rows, as the contract says.
    """
    rnd = story.setting.rnd
    pairs = _pairs(right, left, story)
    fields: dict[str, Any] = {"table_name": Ref(right.made.name)}
    if tuple(pairs.items()) != tuple((key, key) for key in right.keys):
        same = all(mine == theirs for mine, theirs in pairs.items())
        fields["keys"] = list(pairs) if same else pairs
    tieless = right.unique is not None and right.unique <= set(pairs.values())
    breaks = any(column.name == SEQUENCE for column in right.columns)
    if not tieless and not breaks:
        raise ImpossibleError
    if breaks and (not tieless or rnd.random() < JOIN_OPTIONS["tie_breaker"]):
        fields["tie_breaker"] = SEQUENCE
    fields.update(_options(right, above, pairs, story))
    read = counts(right) if rnd.random() < JOIN_OPTIONS["counts"] else []
    value = Expressions(rnd, read or right.columns).any(rnd.choice([0, 0, 0, 1, 2]))
    return Joined(Made("JoinTransform", {"expr": value.expr, **fields}), value.type, value.grade)


def counts(right: Readable) -> list[Known]:
    """Return the columns of windows that are 0, not NULL, where no window is."""
    if right.made.kind != "SlidingFeatureView":
        return []
    names = {
        made.name
        for made in right.made.fields["features"]
        if isinstance(made.fields["transform"], Made)
        and made.fields["transform"].fields.get("agg_func") in ("SUM", "COUNT")
    }
    return [column for column in right.columns if column.name in names and column.grade > Grade.ROUGH]


def _options(right: Readable, above: Readable, pairs: Mapping[str, str], story: Story) -> dict[str, Any]:
    rnd, options = story.setting.rnd, {}
    if rnd.random() < JOIN_OPTIONS["ttl"]:
        ttl = barely(span(chosen(OVER_SIZES, rnd) or 1, story.setting.granule), rnd)
        options["ttl"] = _as_old_as_a_match(_ages(right, above, pairs), ttl, story)
    if rnd.random() < JOIN_OPTIONS["strict"]:
        options["strict"] = True
    told = right.types().get(KNOWN_AT) == Timestamp and right.made.kind != "SlidingFeatureView"
    if told and rnd.random() < JOIN_OPTIONS["known_at"]:
        options["known_at"] = KNOWN_AT
    return options


def _as_old_as_a_match(ages: Sequence[int], ttl: timedelta, story: Story) -> timedelta:
    """Return a ttl as long as a match is old, or a millisecond less; one of its own where none is.

    What is random here is not the rest's: other ttls leave the rest of a definition as it is.
    """
    rnd = Random(f"{story.setting.seed} {story.name} {len(story.tables)} {ttl}")
    fitting = [age for age in ages if 1 < age <= LONGEST_DAYS * DAY_MS]
    if not fitting or rnd.random() < 0.15:
        return ttl
    return timedelta(milliseconds=rnd.choice(fitting) - rnd.choice([1, 0]))


def _ages(right: Readable, above: Readable, pairs: Mapping[str, str]) -> list[int]:
    """Return how much older than the row each match is, by the keys that rows of sources have."""
    ages = []
    for time, row in above.seen:
        mine = [row.get(key, UNKNOWN) for key in pairs]
        matches = [
            their_time
            for their_time, theirs in right.seen
            if their_time <= time and None not in mine
            if mine == [theirs.get(key, UNKNOWN) for key in pairs.values()]
        ]
        ages += [time - max(matches)] if matches else []
    return ages


def _pairs(right: Readable, left: Mapping[str, Known], story: Story) -> dict[str, str]:
    """Return which of the left's columns are compared with which of the table's."""
    rnd = story.setting.rnd
    theirs = _right_keys(right, story, rnd)
    pairs: dict[str, str] = {}
    for key in theirs:
        fitting = [
            name
            for name in groupable(list(left.values()))
            if left[name].type == right.types()[key] and name not in pairs
        ]
        if not fitting:
            raise ImpossibleError
        renames = key not in fitting or rnd.random() < JOIN_OPTIONS["renamed keys"]
        pairs[rnd.choice(fitting) if renames else key] = key
    return pairs


def _right_keys(right: Readable, story: Story, rnd: Random) -> tuple[str, ...]:
    """Return the columns to join by: for windows all of their keys, else keys that are there."""
    if right.made.kind == "SlidingFeatureView":
        if not right.keys:
            raise ImpossibleError
        return right.keys
    if right.keys and rnd.random() < 0.7:
        return right.keys
    usual = [name for name, _ in story.setting.keys if name in groupable(list(right.columns))]
    if not usual:
        raise ImpossibleError
    return (rnd.choice(usual),)
