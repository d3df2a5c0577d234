"""Random derived views: expressions, over windows and point-in-time joins, in any order."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from sqlfeat.expr.nodes import Expr
from tests.fuzz.calls import random_call
from tests.fuzz.expressions import Expressions, Grade, ImpossibleError, Known
from tests.fuzz.features import (
    barely,
    condition,
    declared,
    feature,
    groupable,
    most_recent,
    random_aggregate,
    span,
)
from tests.fuzz.joins import counts, random_join
from tests.fuzz.model import Made, Ref
from tests.fuzz.sources import SEQUENCE
from tests.fuzz.tables import Readable, Story
from tests.fuzz.weights import (
    CLOSED,
    FEATURES,
    JOIN_WINDOWS,
    JOINED,
    NAMES,
    OVER_OPTIONS,
    OVER_SIZES,
    TRANSFORMS,
    VIEW_OPTIONS,
    chosen,
)


class _Derived:
    """A derived view while it is made."""

    def __init__(self, story: Story, source: Readable) -> None:
        self.story = story
        self.source = source
        self.rnd: Random = story.setting.rnd
        self.columns = {column.name: column for column in source.columns}
        self.features: list[Made | str] = []
        self.own: set[str] = set()

    @property
    def expressions(self) -> Expressions:
        return Expressions(self.rnd, list(self.columns.values()))

    def add(self, kind: str) -> None:
        makers = {"over": self._over, "join": self._join} if self.source.timed else {}
        maker = {**makers, "python": self._python}.get(kind, self._expression)
        try:
            maker()
        except ImpossibleError:
            self._expression()

    def _put(self, name: str, transform: object, known: Known) -> None:
        dtype = declared(known.type, known.grade, self.rnd)
        grade = min(known.grade, Grade.EXACT) if dtype else known.grade
        self.features.append(feature(name, transform, dtype))
        self.columns[name] = Known(name, dtype.get("dtype", known.type), grade)
        self.own.add(name)

    def _name(self) -> str:
        """Return a new name; sometimes that of a column, which the feature then replaces."""
        fixed = {SEQUENCE, *self.own, *(self.source.unique or ())}
        replaceable = sorted(set(self.columns) - fixed)
        if replaceable and self.rnd.random() < 0.08:
            return self.rnd.choice(replaceable)
        name = chosen(NAMES, self.rnd) if self.rnd.random() < 0.15 else f"f{len(self.features) + 1}"
        taken = {column.casefold() for column in self.columns}
        while name.casefold() in taken:
            name += "_"
        return name

    def _expression(self) -> None:
        if self.rnd.random() < 0.12:
            name = self.rnd.choice(sorted(set(self.columns) - self.own) or [SEQUENCE])
            if name in self.columns and name not in self.own:
                self.features.append(name)
                self.own.add(name)
                return
        value = self.expressions.any(self.rnd.choice([1, 1, 2, 3]))
        name = self._name()
        self._put(name, value.expr, Known(name, value.type, value.grade))

    def _python(self) -> None:
        """Add what a Python function gives; its type is the transform's, or the feature's."""
        found = random_call(list(self.columns.values()), self.rnd)
        name = self._name()
        if self.rnd.random() < 0.3:
            self.features.append(feature(name, found.transform.without("dtype"), {"dtype": found.type}))
            self.columns[name] = Known(name, found.type, found.grade)
            self.own.add(name)
        else:
            self._put(name, found.transform, Known(name, found.type, found.grade))

    def _over(self) -> None:
        found = random_aggregate(self.expressions, self.rnd, sliding=False)
        count = chosen(OVER_SIZES, self.rnd)
        fields: dict[str, Any] = {"expr": found.expr, "agg_func": found.name}
        if count is not None:
            fields["window_size"] = barely(span(count, self.story.setting.granule), self.rnd)
            closed = chosen(CLOSED, self.rnd)
            fields.update({} if closed == "both" or not count else {"closed": closed})
        fields.update(self._over_options())
        fields.update(most_recent(found, self.columns, self.rnd, sliding=False))
        name = self._name()
        transform = Made("OverWindowTransform", fields)
        self._put(name, transform, Known(name, found.type, found.grade))

    def _over_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {}
        if self.rnd.random() < OVER_OPTIONS["group_by_keys"]:
            options["group_by_keys"] = some_keys(self.columns.values(), self.story, self.rnd)
        if self.rnd.random() < OVER_OPTIONS["filter_expr"]:
            found = condition(self.expressions, self.rnd)
            if found is not None:
                options["filter_expr"] = found
        return options

    def _join(self) -> None:
        mine = self.source.made.name
        others = [table for table in self.story.tables if table.made.name != mine and table.timed]
        if not others:
            raise ImpossibleError
        kinds = [JOINED.get(table.made.kind, 1.0) for table in others]
        (other,) = self.rnd.choices(others, kinds)
        found = random_join(other, self.source, self.columns, self.story)
        name = self._name()
        self._put(name, found.transform, Known(name, found.type, found.grade))

    def finished(self, name: str) -> Readable:
        options: dict[str, Any] = {}
        if self.rnd.random() < VIEW_OPTIONS["keep_source_fields"]:
            options["keep_source_fields"] = True
        if self.rnd.random() < VIEW_OPTIONS["filter_expr"]:
            predicate: Expr | None = condition(self.expressions, self.rnd)
            options.update({} if predicate is None else {"filter_expr": predicate})
        keys: tuple[str, ...] = ()
        if self.rnd.random() < VIEW_OPTIONS["keys"]:
            keys = tuple(some_keys(self.columns.values(), self.story, self.rnd))
            options["keys"] = list(keys)
        fields = {"name": name, "source": Ref(self.source.made.name), "features": self.features}
        made = Made("DerivedFeatureView", {**fields, **options})
        grades = {column.name: column.grade for column in self.columns.values()}
        columns = self.story.columns_of(made, grades)
        visible = {column.name for column in columns}
        keeps = self.source.unique is not None and self.source.unique <= visible
        unique = self.source.unique if keeps else None
        shown = self.source.time_field
        time_field = None if shown is None or shown[0] in self.own else shown
        timed = self.source.timed
        return Readable(made, columns, keys, unique, self.source.seen, time_field, timed)


def some_keys(columns: Iterable[Known], story: Story, rnd: Random) -> list[str]:
    """Return one or two columns to group by: mostly keys of the definition."""
    possible = groupable(list(columns))
    usual = [name for name, _ in story.setting.keys if name in possible]
    if not possible:
        raise ImpossibleError
    if not usual or rnd.random() < 0.15:
        return [rnd.choice(possible)]
    return usual if len(usual) > 1 and rnd.random() < 0.25 else [rnd.choice(usual)]


def random_derived(name: str, source: Readable, story: Story) -> Readable:
    view = _Derived(story, source)
    if any(counts(table) and table.keys for table in story.tables) and view.rnd.random() < JOIN_WINDOWS:
        view.add("join")
    for _ in range(chosen(FEATURES, view.rnd)):
        view.add(chosen(TRANSFORMS, view.rnd))
    return view.finished(name)
