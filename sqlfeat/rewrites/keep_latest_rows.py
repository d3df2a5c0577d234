"""Say the limit of a window by windows that are counted in rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn, Window
from sqlfeat.plan.rows import Derive, Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Array, Boolean, Int64, holds_map
from sqlfeat.words import listed


def keep_latest_rows(plan: Plan) -> Plan:
    """Return the plan in which no aggregate over a window has a limit.

    The aggregate of the n latest rows that match is computed at each of these, over n rows, and each row
    takes what the latest of them has. It counts where the window holds more than n; elsewhere the
    aggregate of the whole window does.
    """
    return transform_views(plan, _keep)


@dataclass(frozen=True)
class _Reading:
    """The rows of some features, in order: what is read, of which rows, whose, what decides on ties."""

    keys: tuple[str, ...]
    arg: Expr | None
    where: Expr | None
    tie_breaker: Column | None

    @staticmethod
    def of(column: OverColumn) -> _Reading:
        call = column.call
        return _Reading(column.window.keys, call.arg, call.where, call.tie_breaker)


def _keep(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    limited = [column for column in node.columns if column.call.limit is not None]
    if not limited:
        return node
    plain = tuple(column for column in node.columns if column not in limited)
    result: Node = replace(node, columns=plain) if plain else node.input
    for reading in dict.fromkeys(map(_Reading.of, limited)):
        columns = [column for column in limited if _Reading.of(column) == reading]
        result = _Latest(node, result, reading, columns).rows()
    return result


@dataclass
class _Latest:
    """The making of the features that read the same rows in the same order."""

    node: Over
    input: Node
    reading: _Reading
    columns: list[OverColumn]

    def __post_init__(self) -> None:
        self.names = listed([column.name for column in self.columns])
        self.taken = [*self.input.schema.names, *self.node.schema.names]
        self.counts: Column | None = None
        self.value: Expr | None = self.reading.arg
        self.latest: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.carried: dict[str, str] = {}
        self.whole: dict[str, str] = {}
        self.rows_of: dict[Window, Column] = {}

    def rows(self) -> Node:
        """Return the rows of the input with the features."""
        if self.reading.arg is None:
            return self._of_counts()
        below = self._held(self._in_order(self._readable()))
        return self._chosen(self._whole(self._carried(below)))

    def _column(self, wanted: str) -> str:
        name = unused(wanted, self.taken)
        self.taken.append(name)
        return name

    def _step(self, suffix: str, says: str) -> Step:
        return Step(f"{self.columns[0].name}_{suffix}", says)

    def _of_counts(self) -> Node:
        """Return the number of rows, which is the limit if there are more."""
        helpers: list[OverColumn] = []
        chosen: list[tuple[str, Expr]] = []
        for column in self.columns:
            name = self._column(column.name + "_rows")
            helpers.append(replace(column, name=name, call=replace(column.call, limit=None)))
            rows, most = Column(name, Int64), Literal(column.call.limit, Int64)
            more = Call(">", (rows, most), Boolean)
            chosen.append((column.name, Call("CASE", (more, most, rows), Int64)))
        says = f"Each row, with how many rows there are for {self.names}."
        below = Over(self.input, tuple(helpers), self._step("counted", says))
        says = f"{self.node.step.says.split(', with ')[0]}, with {self.names}: no more than the limit."
        return self._with_features(below, chosen, says)

    def _readable(self) -> Node:
        """Return the rows with what is read, and whether they match, in columns."""
        columns: list[tuple[str, Expr]] = []
        assert self.value is not None
        if not isinstance(self.value, Column):
            value = Column(self._column(self.columns[0].name + "_value"), type_of(self.value))
            columns.append((value.name, self.value))
            self.value = value
        if self.reading.where is not None:
            self.counts = Column(self._column(self.columns[0].name + "_counts"), Boolean)
            columns.append((self.counts.name, Call("IS TRUE", (self.reading.where,), Boolean)))
        if not columns:
            return self.input
        says = f"Each row, with what {self.names} reads of it" + (
            ", if it counts." if self.counts else "."
        )
        return Derive(self.input, tuple(columns), self._step("read", says))

    def _in_order(self, below: Node) -> Node:
        """Return the rows, each with the aggregates of the latest up to it of those that count."""
        self.place = Column(self._column(self.columns[0].name + "_place"), Int64)
        self.latest = {column.name: self._column(column.name + "_of_latest") for column in self.columns}
        columns = [
            OverColumn(self.latest[c.name], self._call(c), self._rows_window(c.call.limit, c))
            for c in self.columns
        ]
        number = AggregateCall("COUNT", None, None, Int64)
        columns.append(OverColumn(self.place.name, number, self._rows_window(None, self.columns[0])))
        counting = " of those that count" if self.counts else ""
        says = (
            f"Each row, with {self.names} of the latest rows{counting}, itself the last, and its place."
        )
        return Over(below, tuple(columns), self._step("of_latest", says))

    def _call(self, column: OverColumn, where: Expr | None = None) -> AggregateCall:
        return replace(column.call, arg=self.value, where=where, limit=None)

    def _rows_window(self, limit: int | None, column: OverColumn) -> Window:
        keys = (*self.reading.keys, *((self.counts.name,) if self.counts else ()))
        assert isinstance(self.value, Column)
        ties = (self.reading.tie_breaker,) if self.reading.tie_breaker else ()
        by = ties if holds_map(self.value.type) else (*ties, self.value)
        reach = None if limit is None else Literal(limit - 1, Int64)
        name = "in_order" if limit is None else f"latest_{limit}"
        of = "_by_" + "_and_".join(keys) if keys else ""
        return Window(name + of, keys, None, column.window.order, reach, unit="ROWS", by=by)

    def _held(self, below: Node) -> Node:
        """Return the rows, with the aggregates in arrays: no array is NULL where the row counts."""
        columns: list[tuple[str, Expr]] = []
        for column in self.columns:
            dtype = column.call.type
            latest = Column(self.latest[column.name], dtype)
            held: Expr = Call("IN_ARRAY", (latest,), Array(dtype))
            if self.counts is not None:
                held = Call("CASE", (self.counts, held, Literal(None, Array(dtype))), Array(dtype))
            self.held[column.name] = self._column(column.name + "_held")
            columns.append((self.held[column.name], held))
        which = "each row that counts" if self.counts else "each row"
        says = f"{self.names} of {which}, in an array: NULL in it is a value, too."
        return Derive(below, tuple(columns), self._step("held", says))

    def _carried(self, below: Node) -> Node:
        """Return the rows, each with what the latest of those that count has."""
        carried = []
        for column in self.columns:
            dtype = Array(column.call.type)
            held = Column(self.held[column.name], dtype)
            last = AggregateCall("LAST_VALUE", held, None, dtype, tie_breaker=self.place)
            name = self.carried[column.name] = self._column(column.name + "_carried")
            carried.append(replace(column, name=name, call=last, window=_so_far(column.window)))
        says = f"Each row, with {self.names} of the latest rows that there are up to its time."
        return Over(below, tuple(carried), self._step("latest", says))

    def _whole(self, below: Node) -> Node:
        """Return the rows, with the aggregates of the whole windows, and how many rows these hold."""
        columns: list[OverColumn] = []
        for column in self.columns:
            if _is_all_so_far(column):
                continue
            count = AggregateCall("COUNT", None, self.counts, Int64)
            name = self.whole[column.name] = self._column(column.name + "_whole")
            columns.append(replace(column, name=name, call=self._call(column, self.counts)))
            if column.window not in self.rows_of:
                rows = self.rows_of[column.window] = Column(self._column(column.name + "_rows"), Int64)
                columns.append(replace(column, name=rows.name, call=count))
        if not columns:
            return below
        says = f"Each row, with {self.names} of the whole window, and of how many rows."
        return Over(below, tuple(columns), self._step("whole", says))

    def _chosen(self, below: Node) -> Node:
        """Return the rows, with the aggregates of the latest where the window holds more."""
        says = f"{self.node.step.says.split(', with ')[0]}, with {self.names} of no more than the latest."
        return self._with_features(below, [(c.name, self._choice(c)) for c in self.columns], says)

    def _with_features(self, below: Node, features: list[tuple[str, Expr]], says: str) -> Node:
        """Return the rows of the input with the features, and nothing of what led to them."""
        kept = [(name, Column(name, dtype)) for name, dtype in self.input.schema]
        columns = dict([*kept, *features])
        return Select(below, tuple(columns.items()), self.input.event_time, self._step("limited", says))

    def _choice(self, column: OverColumn) -> Expr:
        dtype = column.call.type
        held = Column(self.carried[column.name], Array(dtype))
        latest: Expr = Call("FIRST_IN_ARRAY", (held,), dtype)
        if column.name in self.whole:
            most = Literal(column.call.limit, Int64)
            more = Call(">", (self.rows_of[column.window], most), Boolean)
            whole = Column(self.whole[column.name], dtype)
            return Call("CASE", (more, latest, whole), dtype)
        if column.call.zero:
            return Call("ZERO_IF_NULL", (latest,), dtype)
        return latest


def _so_far(window: Window) -> Window:
    """Return the window that reaches back to the beginning, and ends where this one does."""
    name = ("before" if window.until is not None else "so_far") + (
        "_by_" + "_and_".join(window.keys) if window.keys else ""
    )
    return replace(window, name=name, size_ms=None, reach=None, closed="left" if window.until else "both")


def _is_all_so_far(column: OverColumn) -> bool:
    """Whether the latest rows are all that is needed: the window holds all rows so far, and of no rows
    comes NULL or 0.
    """
    return column.window.size_ms is None and column.call.name != "COLLECT_LIST"
