"""Random definitions, each made anew from its seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sqlfeat.errors import DefinitionError
from tests.fuzz.asking import asking
from tests.fuzz.derived import random_derived
from tests.fuzz.expressions import ImpossibleError
from tests.fuzz.model import Definition
from tests.fuzz.own_selects import random_own_select
from tests.fuzz.sliding import random_sliding
from tests.fuzz.sources import random_setting, random_source
from tests.fuzz.tables import Readable, Story
from tests.fuzz.weights import OWN_SELECT_SHARE, SLIDING_SHARE, VIEWS, chosen

SOURCES = ("events", "prices", "visits")
VIEW_NAMES = ("features", "windows", "summary")


class FaultyError(Exception):
    """The generator made a definition that sqlfeat refuses as wrong."""


def random_definition(seed: int, number: int) -> Definition:
    """Return the definition of this number. Raises FaultyError where the generator made a mistake."""
    rnd = Random(f"{seed} {number}")
    for _ in range(20):
        try:
            return _definition(rnd, seed, number)
        except ImpossibleError:
            continue
    raise FaultyError("no definition could be made in 20 tries")


def _definition(rnd: Random, seed: int, number: int) -> Definition:
    story = Story(f"d{number}", random_setting(rnd, seed))
    for place in range(rnd.choice([1, 2, 2, 3])):
        found = random_source(SOURCES[place], story.setting, rnd.random() < 0.4)
        columns = story.columns_of(found.made, {field.name: field.grade for field in found.fields})
        unique = frozenset[str]() if found.tieless else None
        keys = tuple(found.made.fields["keys"])
        time_field = ("at", found.made.fields.get("timestamp_format"))
        story.tables.append(Readable(found.made, columns, keys, unique, found.seen, time_field))
        story.rows[found.made.name] = found.rows
    sources = len(story.tables)
    for place in range(chosen(VIEWS, rnd)):
        joinable = story.tables[-1].made.kind == "SlidingFeatureView" and story.tables[-1].keys
        above = len(story.tables) > sources and rnd.random() < (0.15 if joinable else 0.7)
        source = story.tables[-1] if above else rnd.choice(story.tables)
        try:
            maker = _maker(source, rnd)
            story.tables.append(maker(VIEW_NAMES[place], source, story))
        except DefinitionError as error:
            raise FaultyError(str(error)) from error
    whole = story.definition()
    return asking(whole.with_tables(whole.tables), story.tables[-1], story.setting)


def _maker(source: Readable, rnd: Random) -> Callable[[str, Readable, Story], Readable]:
    share = rnd.random()
    if share < OWN_SELECT_SHARE:
        return random_own_select
    is_sliding = share < OWN_SELECT_SHARE + SLIDING_SHARE
    return random_sliding if is_sliding and source.timed else random_derived
