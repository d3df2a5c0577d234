"""Take the values of a window apart again, for aggregates that have to see all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.ordered_rows import Spread
from sqlfeat.plan.over import Over, OverColumn, Window
from sqlfeat.plan.rows import Derive, Filter
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.compare_equal_values import in_one_form
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.rewrites.vary_around_first import VARIANCES, sums_of, variance, with_feature
from sqlfeat.types import Array, Boolean, Float64, Int32, Int64, Interval

SPREAD = VARIANCES | {"VALUE_COUNTS"}


def spread_windows(plan: Plan) -> Plan:
    """Return the plan without variances and VALUE_COUNTS over windows: the values of a window are put
    into a list, the row comes once for each of them, and what they give together is put back into one.

    A variance is summed up from the differences to the window's first value: an engine that adds and
    subtracts squares as rows come and go leaves rests of them.
    """
    return spread_where(plan, lambda column: True)


def spread_where(plan: Plan, wanted: Callable[[OverColumn], bool]) -> Plan:
    """Return the plan without those variances and VALUE_COUNTS over windows that are wanted."""
    return transform_views(plan, lambda node: _spread(node, wanted))


def _spread(node: Node, wanted: Callable[[OverColumn], bool]) -> Node:
    if not isinstance(node, Over):
        return node
    spread = [column for column in node.columns if column.call.name in SPREAD and wanted(column)]
    if not spread:
        return node
    plain = tuple(column for column in node.columns if column not in spread)
    result: Node = replace(node, columns=plain) if plain else node.input
    for column in spread:
        result = _Spreading(node, result, column).rows()
    return result


@dataclass
class _Spreading:
    """The making of one feature."""

    node: Over
    input: Node
    column: OverColumn

    def __post_init__(self) -> None:
        self.taken = [*self.input.schema.names, *self.node.schema.names]
        assert self.column.call.arg is not None
        dtype = type_of(self.column.call.arg)
        self.values = Column(self._named("values"), Array(dtype))
        self.off = Column(self._named("off"), Float64)
        self.row = Column(self._named("row"), Int64)
        self.value = Column(self._named("value"), dtype)
        self.place = Column(self._named("value_place"), Int32)

    def rows(self) -> Node:
        """Return the rows of the input with the feature."""
        if self.column.call.name == "VALUE_COUNTS":
            return self._counted()
        return self._varied()

    def _named(self, what: str) -> str:
        name = unused(f"{self.column.name}_{what}", self.taken)
        self.taken.append(name)
        return name

    def _step(self, suffix: str, says: str) -> Step:
        return Step(f"{self.column.name}_{suffix}", says)

    def _listed(self) -> Node:
        """Return the rows, each with the values of its window, and a number of its own."""
        column, window = self.column, self.column.window
        call = replace(in_one_form(column.call), name="COLLECT_LIST", type=self.values.type)
        if call.limit is None:
            call = replace(call, tie_breaker=None)
        says = f"Each row, with the values of {column.name} in a list."
        values = replace(column, name=self.values.name, call=call)
        listed = Over(self.input, (values,), self._step("listed", says))
        name = "rows_so_far" + ("_by_" + "_and_".join(window.keys) if window.keys else "")
        numbering = Window(name, window.keys, None, window.order, None, unit="ROWS")
        number = OverColumn(self.row.name, AggregateCall("COUNT", None, None, Int64), numbering)
        says = f"The same rows, each with a number of its own, for {column.name}."
        return Over(listed, (number,), self._step("numbered", says))

    def _apart(self, array: Expr, says: str) -> Node:
        says = f"Each row once for each {says} in its list of {self.column.name}."
        return Spread(self._listed(), array, self.value.name, self.place.name, self._step("apart", says))

    def _together(self, below: Node, calls: dict[str, AggregateCall], says: str) -> Node:
        """Return the rows once again, with aggregates of all that became of each."""
        window = self.column.window
        keys = (*window.keys, self.row.name)
        name = "same_row_by_" + "_and_".join(keys)
        same = Window(name, keys, 0, window.order, Literal(0, Interval))
        columns = tuple(OverColumn(name, call, same) for name, call in calls.items())
        together = Over(below, columns, self._step("together", says))
        is_first = Call("=", (self.place, Literal(1, Int32)), Boolean)
        is_none = Call("IS NULL", (self.place,), Boolean)
        says = "Each row once."
        return Filter(together, Call("OR", (is_first, is_none), Boolean), self._step("once", says))

    def _counted(self) -> Node:
        """Return the rows with how many there are of each value, in a map."""
        apart = self._apart(Call("ARRAY_DISTINCT", (self.values,), self.values.type), "value")
        count = Column(self._named("count"), Int64)
        counted = Call("COUNT_IN_ARRAY", (self.values, self.value), Int64)
        says = f"Each of them, with how many there are of its value of {self.column.name}."
        below = Derive(apart, ((count.name, counted),), self._step("counted", says))
        keys, counts = (
            Column(self._named("keys"), self.values.type),
            Column(self._named("counts"), Array(Int64)),
        )
        ties = None if self.column.call.limit is None else self.place
        calls = {
            keys.name: AggregateCall("COLLECT_LIST", self.value, None, keys.type, tie_breaker=ties),
            counts.name: AggregateCall("COLLECT_LIST", count, None, counts.type, tie_breaker=ties),
        }
        says = f"The values of {self.column.name} and their counts in lists again."
        together = self._together(below, calls, says)
        dtype = self.column.call.type
        made = Call("MAP_FROM_ARRAYS", (keys, counts), dtype)
        known = Call("IS NOT NULL", (self.place,), Boolean)
        return self._with_feature(together, Call("CASE", (known, made, Literal(None, dtype)), dtype))

    def _varied(self) -> Node:
        """Return the rows with the variance, or its root, of the values in a list."""
        apart = self._apart(self.values, "value")
        first = Call("FIRST_IN_ARRAY", (self.values,), Float64)
        difference = Call("-", (self.value, first), Float64)
        says = f"Each of them, with how far its value of {self.column.name} is off the first."
        below = Derive(apart, ((self.off.name, difference),), self._step("off", says))
        sums = sums_of(self.off, self.column.name, self.taken)
        calls = {column.name: call for column, call in sums.items()}
        together = self._together(below, calls, f"What the values of {self.column.name} give together.")
        return self._with_feature(together, variance(self.column.call.name, *sums))

    def _with_feature(self, below: Node, feature: Expr) -> Node:
        return with_feature(self.node, self.input, below, self.column.name, feature)
