"""Sum up what comes and goes in DECIMALs, of which nothing is left when it has gone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlfeat.expr.aggregates import AggregateCall
from sqlfeat.expr.nodes import Call, Column, Expr, Literal, type_of
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.over import Over, OverColumn, Window
from sqlfeat.plan.rows import Derive, Select
from sqlfeat.plan.tables import Plan
from sqlfeat.plan.walk import nodes_of, transform_views
from sqlfeat.rewrites.unused_names import unused
from sqlfeat.types import Boolean, DataType, Decimal, DecimalType, Float64, Int32, Int64
from sqlfeat.words import listed

WHOLE, FRACTION = Decimal(38, 0), Decimal(38, 28)
MOST_WHOLE_DIGITS = 28
"""So many digits before the point leave room for the sum of ten billion numbers."""


def sum_in_digits(plan: Plan) -> Plan:
    """Return the plan in which no SUM or AVG over a window that rows leave adds up DOUBLEs: an engine
    that subtracts what leaves keeps the rounding of it. The digits before and behind the point are
    summed up as DECIMALs, and what no DECIMAL holds apart from them.
    """
    return transform_views(plan, _sum)


def _sum(node: Node) -> Node:
    if not isinstance(node, Over):
        return node
    summed = tuple(
        column for column in node.columns if _adds_doubles(column.call) and _is_left(column.window, node)
    )
    return _Summing(node, summed).rows() if summed else node


def _adds_doubles(call: AggregateCall) -> bool:
    """Whether DOUBLEs are added: those of an INT are exact."""
    if call.name not in ("SUM", "AVG") or call.type != Float64:
        return False
    return call.name == "SUM" or _type_before(call) != Int32


def _type_before(call: AggregateCall) -> DataType:
    """Return the type that the argument had before it was cast to DOUBLE."""
    assert call.arg is not None
    return type_of(_uncast(call.arg))


def _uncast(arg: Expr) -> Expr:
    return arg.args[0] if isinstance(arg, Call) and arg.function == "CAST" else arg


def _is_left(window: Window, node: Over) -> bool:
    """Whether rows leave the window: none does where it has them all, or those of one number."""
    if window.reach is None or window.size_ms != 0:
        return window.reach is not None
    below = (one for one in nodes_of(node.input) if isinstance(one, Over))
    numbers = {c.name for one in below for c in one.columns if c.window.unit == "ROWS"}
    return not numbers.intersection(window.keys)


def _is_exact(column: OverColumn) -> bool:
    """Whether the numbers themselves are DECIMALs, or become one that has room for their sum."""
    dtype = _type_before(column.call)
    is_short = isinstance(dtype, DecimalType) and dtype.precision - dtype.scale <= MOST_WHOLE_DIGITS
    return column.call.name == "AVG" and (dtype == Int64 or is_short)


@dataclass
class _Summing:
    """The making of the sums and means of one step."""

    node: Over
    columns: tuple[OverColumn, ...]

    def __post_init__(self) -> None:
        self.taken = [*self.node.input.schema.names, *self.node.schema.names]
        self.values: dict[tuple[Expr | None, Expr | None], Column] = {}
        self.read: list[tuple[str, Expr]] = []
        self.near: dict[Column, Column] = {}
        self.sums: dict[tuple[AggregateCall, Window], Column] = {}

    def rows(self) -> Node:
        """Return the rows of the step."""
        features = {column.name: self._feature(column) for column in self.columns}
        plain = tuple(column for column in self.node.columns if column not in self.columns)
        sums = tuple(OverColumn(to.name, *of) for of, to in self.sums.items())
        over = replace(self.node, input=self._prepared(), columns=(*plain, *sums))
        shown = {name: features.get(name, Column(name, dtype)) for name, dtype in self.node.schema}
        first = self.columns[0].name
        names = listed([column.name for column in self.columns])
        says = f"{self.node.step.says.split(', with ')[0]}, with {names}{self._made_of()}."
        return Select(over, tuple(shown.items()), self.node.event_time, Step(f"{first}_added", says))

    def _made_of(self) -> str:
        if not self.near:
            return ""
        return ": digits before the point, digits behind it, and the numbers that DECIMALs do not hold"

    def _prepared(self) -> Node:
        """Return the rows of the input with what is summed up, and what of it DECIMALs hold."""
        below, first = self.node.input, self.columns[0].name
        names = ", ".join(column.name for column in self.columns if not _is_exact(column))
        if self.read:
            says = f"Each row, with what {names} adds up."
            below = Derive(below, tuple(self.read), Step(f"{first}_read", says))
        if self.near:
            near = tuple((to.name, Call("IF_IN_DIGITS", (of,), Float64)) for of, to in self.near.items())
            says = (
                f"Each row, with those numbers of {names} that DECIMALs hold, of which nothing is left "
                "behind when their row leaves a window."
            )
            below = Derive(below, near, Step(f"{first}_near", says))
        return below

    def _feature(self, column: OverColumn) -> Expr:
        """Return a sum or a mean, made of sums over the same window."""
        call = column.call
        if _is_exact(column):
            assert call.arg is not None
            value = _uncast(call.arg)
            total = self._exact_sum(column, value, call.where)
            return self._mean(column, total, value, call.where)
        value = self._value(column)
        total = self._sum_of_parts(column, value)
        return total if call.name == "SUM" else self._mean(column, total, value, None)

    def _exact_sum(self, column: OverColumn, value: Expr, where: Expr | None) -> Expr:
        dtype = type_of(value)
        if not isinstance(dtype, DecimalType):
            value, dtype = Call("CAST", (value,), WHOLE), WHOLE
        call = AggregateCall("SUM", value, where, Decimal(38, dtype.scale))
        return _double(self._aggregate(column, "sum", call))

    def _sum_of_parts(self, column: OverColumn, value: Column) -> Expr:
        near = self._near(column, value)
        whole = Call("WHOLE_DIGITS", (near,), WHOLE)
        fraction = Call("DIGITS_OF_FRACTION", (near,), FRACTION)
        is_beyond = Call("IS NULL", (near,), Boolean)
        beyond = Call("CASE", (is_beyond, value, Literal(None, Float64)), Float64)
        parts = {"whole": whole, "fraction": fraction, "beyond": beyond}
        first, *others = (
            self._aggregate(column, what, AggregateCall("SUM", part, None, part.type))
            for what, part in parts.items()
        )
        total = _double(first)
        for other in others:
            total = Call("+", (total, _double(other)), Float64)
        return total

    def _mean(self, column: OverColumn, total: Expr, value: Expr, where: Expr | None) -> Expr:
        count = self._aggregate(column, "count", AggregateCall("COUNT", value, where, Int64))
        return Call("/", (total, count), Float64)

    def _aggregate(self, column: OverColumn, what: str, call: AggregateCall) -> Column:
        key = (call, column.window)
        if key not in self.sums:
            self.sums[key] = Column(self._named(column, what), call.type)
        return self.sums[key]

    def _value(self, column: OverColumn) -> Column:
        """Return the column that holds what is summed up; NULL where a row does not count."""
        arg, where = column.call.arg, column.call.where
        assert arg is not None
        if (arg, where) not in self.values:
            self.values[arg, where] = self._read(column, arg, where)
        return self.values[arg, where]

    def _read(self, column: OverColumn, arg: Expr, where: Expr | None) -> Column:
        if isinstance(arg, Column) and where is None:
            return arg
        if where is not None:
            arg = Call("CASE", (where, arg, Literal(None, Float64)), Float64)
        value = Column(self._named(column, "value"), Float64)
        self.read.append((value.name, arg))
        return value

    def _near(self, column: OverColumn, value: Column) -> Column:
        if value not in self.near:
            self.near[value] = Column(self._named(column, "near"), Float64)
        return self.near[value]

    def _named(self, column: OverColumn, what: str) -> str:
        self.taken.append(unused(f"{column.name}_{what}", self.taken))
        return self.taken[-1]


def _double(total: Column) -> Expr:
    return total if total.type == Float64 else Call("CAST", (total,), Float64)
