"""Random sliding views: inputs, windows of several sizes, and expressions over them."""

from __future__ import annotations

from random import Random
from typing import Any

from sqlfeat.expr.nodes import columns_of
from sqlfeat.types import Boolean, Date, Int32, Int64, String
from tests.fuzz.calls import random_call
from tests.fuzz.derived import some_keys
from tests.fuzz.expressions import Expressions, Grade, ImpossibleError, Known
from tests.fuzz.features import condition, declared, feature, most_recent, random_aggregate, span
from tests.fuzz.model import Made, Ref
from tests.fuzz.tables import Readable, Story
from tests.fuzz.weights import FEATURES, SIZES, SLIDING_OPTIONS, STEPS, chosen

TIME_FIELDS = ("window_time", "window_time", "ends_at")
KEYS_COMPUTED = (String, Int32, Int64, Boolean, Date)
FORMATS = ("epoch", "epoch_millis", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f")


class _Sliding:
    """A sliding view while it is made."""

    def __init__(self, story: Story, source: Readable) -> None:
        self.story = story
        self.source = source
        self.rnd: Random = story.setting.rnd
        self.columns = {column.name: column for column in source.columns}
        self.step = chosen(STEPS, self.rnd) * story.setting.granule
        self.keys: list[str] = []
        if self.rnd.random() < SLIDING_OPTIONS["group_by_keys"]:
            self.keys = some_keys(source.columns, story, self.rnd)
        self.features: list[Made] = []
        self.windows: dict[str, Known] = {}

    def compute_key(self) -> None:
        """Group by what is computed from each row: under a name of its own, or in place of a key."""
        replaced = self.rnd.choice(self.keys) if self.keys and self.rnd.random() < 0.4 else None
        known = list(self.columns.values())
        dtype = self.rnd.choice(KEYS_COMPUTED)
        if self.rnd.random() < SLIDING_OPTIONS["python"]:
            call = random_call(known, self.rnd, KEYS_COMPUTED)
            transform, dtype = call.transform, call.type
        else:
            value = Expressions(self.rnd, known).of(dtype, 2)
            transform = value.expr
        name = replaced or self._name("k")
        self.features.append(feature(name, transform, {}))
        self.columns[name] = Known(name, dtype, Grade.EXACT)
        self.keys = self.keys if replaced else [*self.keys, name]

    def _name(self, first: str) -> str:
        name = f"{first}{len(self.features) + 1}"
        taken = {column.casefold() for column in self.columns}
        while name.casefold() in taken:
            name += "_"
        return name

    def add_input(self) -> None:
        """Add an expression over each row of the source, which windows may read."""
        if self.rnd.random() < SLIDING_OPTIONS["python"]:
            self._add_call("i", list(self.columns.values()), self.columns)
            return
        value = Expressions(self.rnd, list(self.columns.values())).any(self.rnd.choice([1, 2]))
        if not set(columns_of(value.expr)) - {*self.keys, *TIME_FIELDS}:
            return
        name = self._name("i")
        self.features.append(feature(name, value.expr, {}))
        self.columns[name] = Known(name, value.type, value.grade)

    def _add_call(self, first: str, read: list[Known], among: dict[str, Known]) -> None:
        """Add what a Python function gives for some columns: an input, or an output if these are known
        of windows.
        """
        call = random_call(read, self.rnd)
        window_made = {*self.keys, *TIME_FIELDS, *self.windows}
        if among is self.columns and set(call.transform.fields["args"]) <= window_made:
            return
        name = self._name(first)
        self.features.append(feature(name, call.transform, {}))
        among[name] = Known(name, call.type, call.grade)

    def add_window(self) -> None:
        expressions = Expressions(self.rnd, list(self.columns.values()))
        found = random_aggregate(expressions, self.rnd, sliding=True)
        fields: dict[str, Any] = {
            "expr": found.expr,
            "agg_func": found.name,
            "window_size": _whole_steps(chosen(SIZES, self.rnd), self.step),
            "step_size": span(1, self.step),
        }
        if self.keys:
            fields["group_by_keys"] = self.keys
        if self.rnd.random() < SLIDING_OPTIONS["filter_expr"]:
            predicate = condition(expressions, self.rnd)
            fields.update({} if predicate is None else {"filter_expr": predicate})
        fields.update(most_recent(found, self.columns, self.rnd, sliding=True))
        name = self._name("w")
        dtype = declared(found.type, found.grade, self.rnd)
        self.features.append(feature(name, Made("SlidingWindowTransform", fields), dtype))
        grade = min(found.grade, Grade.EXACT) if dtype else found.grade
        self.windows[name] = Known(name, dtype.get("dtype", found.type), grade)

    def add_output(self) -> None:
        """Add an expression over keys and windows, computed from each window's row."""
        known = [*(self.columns[key] for key in self.keys), *self.windows.values()]
        readable = [column for column in known if column.grade > Grade.ROUGH]
        if not readable:
            return
        if self.rnd.random() < SLIDING_OPTIONS["python"]:
            self._add_call("o", readable, self.windows)
            return
        value = Expressions(self.rnd, readable).any(self.rnd.choice([1, 2]))
        name = self._name("o")
        dtype = declared(value.type, value.grade, self.rnd)
        self.features.append(feature(name, value.expr, dtype))
        grade = min(value.grade, Grade.EXACT) if dtype else value.grade
        self.windows[name] = Known(name, dtype.get("dtype", value.type), grade)

    def finished(self, name: str) -> Readable:
        fields: dict[str, Any] = {
            "name": name,
            "source": Ref(self.source.made.name),
            "features": self.features,
        }
        field = self.rnd.choice([one for one in TIME_FIELDS if one not in self.keys])
        if field != "window_time":
            fields["timestamp_field"] = field
        if self.rnd.random() < SLIDING_OPTIONS["timestamp_format"]:
            fields["timestamp_format"] = self.rnd.choice(FORMATS)
        if self.rnd.random() < SLIDING_OPTIONS["view filter"]:
            predicate = condition(Expressions(self.rnd, list(self.windows.values())), self.rnd)
            fields.update({} if predicate is None else {"filter_expr": predicate})
        for option in ("enable_empty_window_output", "skip_same_window_output"):
            if self.rnd.random() < SLIDING_OPTIONS[option]:
                fields[option] = True
        made = Made("SlidingFeatureView", fields)
        grades = {column.name: column.grade for column in self.windows.values()}
        columns = self.story.columns_of(made, grades)
        shown = fields.get("timestamp_format")
        time_field = (field, shown) if shown in (None, "epoch_millis") else None
        unique = frozenset(self.keys)
        return Readable(made, columns, tuple(self.keys), unique, time_field=time_field)


def _whole_steps(count: int, step_ms: int) -> Any:
    """Return so many steps, or as many as a window may be long."""
    size = span(count, step_ms)
    one = span(1, step_ms)
    return one * max(1, size // one)


def random_sliding(name: str, source: Readable, story: Story) -> Readable:
    view = _Sliding(story, source)
    if view.rnd.random() < SLIDING_OPTIONS["computed key"]:
        view.compute_key()
    if view.rnd.random() < SLIDING_OPTIONS["input"]:
        view.add_input()
    for _ in range(chosen(FEATURES, view.rnd)):
        view.add_window()
    if view.rnd.random() < SLIDING_OPTIONS["output"]:
        view.add_output()
    if not view.windows:
        raise ImpossibleError
    return view.finished(name)
