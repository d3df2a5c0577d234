"""A view while it is being compiled: the node so far, and the columns its features can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlfeat.compiler.scope import Scope, fresh
from sqlfeat.errors import ExpressionError
from sqlfeat.expr.coercion import cast, widens
from sqlfeat.expr.nodes import BROKEN, Expr, type_of
from sqlfeat.expr.resolve import resolve
from sqlfeat.plan.base import Node, Step
from sqlfeat.plan.rows import Derive
from sqlfeat.types import Boolean, DataType, Null, Schema, Unknown


@dataclass
class Building:
    """The state of one view. `columns` are what features read; the event time is not among them."""

    view: str
    scope: Scope
    node: Node
    columns: Schema
    says_rows: str
    names: list[str] = field(default_factory=list)

    def step(self, wanted: str, says: str) -> Step:
        """Return a step whose name is not taken in this view."""
        tables = [*self.scope.known, *(view.name for view in self.scope.views)]
        sources = [source.name for source in self.scope.sources]
        name = fresh(wanted, [*self.names, *tables, *sources, self.view])
        self.names.append(name)
        return Step(name, says)

    def typed(self, expr: Expr, feature: str | None) -> Expr:
        """Return the expression resolved; a mistake is noted, and UNKNOWN comes back."""
        try:
            return resolve(expr, self.columns)
        except ExpressionError as error:
            self.scope.caught(self.view, feature, error)
            return BROKEN

    def condition(self, expr: Expr | None, feature: str | None) -> Expr | None:
        """Return a filter resolved; one that is no condition is noted."""
        if expr is None:
            return None
        typed = self.typed(expr, feature)
        if type_of(typed) not in (Boolean, Unknown, Null):
            self.scope.fault(
                self.view,
                feature,
                f"the filter_expr is {type_of(typed)}, not a condition.",
                "Compare with = or <, or test IS NULL.",
            )
        return cast(typed, Boolean)

    def declared(self, expr: Expr, dtype: DataType | None, feature: str) -> Expr:
        """Return the expression as the declared type; note one that it cannot become."""
        if dtype is None:
            if type_of(expr) == Null:
                self.scope.fault(self.view, feature, "a bare NULL has no type.", "CAST(NULL AS …).")
            return expr
        if not widens(type_of(expr), dtype):
            self.scope.fault(
                self.view,
                feature,
                f"it is declared {dtype}, and its value is {type_of(expr)}.",
                f"Declare {type_of(expr)}, or CAST it in an expression of its own.",
            )
            return BROKEN
        return cast(expr, dtype)

    def add_columns(self, columns: list[tuple[str, Expr]], wanted: str, says: str) -> None:
        """Put a Derive on top."""
        step = self.step(wanted, says)
        self.put(lambda input_: Derive(input_, tuple(columns), step))
        self.remember([(name, type_of(expr)) for name, expr in columns])

    def put(self, node: Callable[[Node], Node]) -> None:
        """Put a node on top; not after a mistake, when its input may lack what it needs."""
        if not self.scope.problems:
            self.node = node(self.node)

    def remember(self, columns: list[tuple[str, DataType]]) -> None:
        """Note which columns there are now."""
        self.columns = self.columns.extend(tuple(columns))
