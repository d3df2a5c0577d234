"""What Flink cannot do in streaming mode: each with the reason, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from sqlfeat.dialects.endless_rows import endless_rows
from sqlfeat.dialects.file_paths import problems_of_paths
from sqlfeat.dialects.own_selects import computed_times, unwritten
from sqlfeat.dialects.uncompared import uncompared_values
from sqlfeat.errors import Problem
from sqlfeat.expr.nodes import Expr, Literal, columns_of, type_of
from sqlfeat.plan.base import Node
from sqlfeat.plan.join import AsOfJoin
from sqlfeat.plan.over import Over
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.slide import CalendarSteps, Slide
from sqlfeat.plan.tables import Plan, ViewTable
from sqlfeat.plan.walk import nodes_of
from sqlfeat.rewrites.delay_strict_views import is_strict_onto_a_view
from sqlfeat.rewrites.put_rows_in_order import needs_order
from sqlfeat.types import Bytes
from sqlfeat.zones import changes_its_clock


def refuses(plan: Plan) -> Iterator[Problem]:
    """Yield what Flink cannot do of a plan."""
    yield from endless_rows(plan)
    yield from unwritten(plan, "flink")
    yield from computed_times(plan)
    yield from uncompared_values(plan)
    yield from instants_in_python_values(plan)
    yield from _times_of_more_lines(plan)
    yield from problems_of_paths(plan, "\\", "Flink takes it for a slash.")
    for view in plan.views:
        for node in nodes_of(view.node):
            yield from _refused(node, view, plan)
    yield from _mixed_steps(plan)


def instants_in_python_values(plan: Plan) -> Iterator[Problem]:
    """Yield the functions with instants inside of other values.

    PyFlink reads the seconds of an instant as 32 bits, and writes fractions before 1970 a second off.
    An instant that stands alone is passed as a number; one inside of another value cannot be.
    """
    for function in plan.functions:
        for dtype in (*function.takes, function.gives):
            if "TIMESTAMP" in str(dtype):
                yield Problem(
                    function.view,
                    function.feature,
                    f"its function takes or gives {dtype}: inside of another value Flink hands instants "
                    "after 2038-01-19 to Python as earlier ones.",
                    "Give the function the instants themselves, or their milliseconds.",
                )


def _times_of_more_lines(plan: Plan) -> Iterator[Problem]:
    """Everywhere else a field is named by its place; a computed column has to name it."""
    for source in plan.sources:
        for column in columns_of(source.time.expr) if source.time is not None else ():
            if "\n" in column:
                yield Problem(
                    source.name,
                    column,
                    "the name of its event time's field holds a line break, with which Flink cannot plan "
                    "a watermark.",
                    "Rename the field where the rows are written.",
                )


def _refused(node: Node, view: ViewTable, plan: Plan) -> Iterator[Problem]:
    if isinstance(node, AsOfJoin):
        yield from _keys_that_are_always_null(node, view, plan)
        yield from _known_later(node, view)
    if isinstance(node, Over):
        yield from _lists_of_bytes(node, view)


def _keys_that_are_always_null(node: AsOfJoin, view: ViewTable, plan: Plan) -> Iterator[Problem]:
    """A constant is kept from the planner's eyes, but it sees one that is NULL in every case."""
    derived = [
        column
        for one in plan.views
        for below in nodes_of(one.node)
        for column in (below.columns if isinstance(below, Derive) else ())
    ]
    keys = {left for left, _ in node.keys}
    for key in sorted({name for name, expr in derived if name in keys and _may_be_constantly_null(expr)}):
        yield Problem(
            view.name,
            ", ".join(column.name for column in node.columns),
            f"its key {key} is computed from constants and may be NULL for every row, with which Flink "
            "cannot plan a temporal join.",
            "Write the value itself as the key.",
        )


def _may_be_constantly_null(expr: Expr) -> bool:
    return not columns_of(expr) and not (isinstance(expr, Literal) and expr.value is not None)


def _known_later(node: AsOfJoin, view: ViewTable) -> Iterator[Problem]:
    if node.known_at is not None:
        yield Problem(
            view.name,
            ", ".join(column.name for column in node.columns),
            f"known_at={node.known_at!r}: a temporal join finds the latest version, and cannot fall "
            "back to the one before it where that was not known yet.",
            "Render the view for a batch engine, or take the time when a row became known for its "
            "timestamp_field.",
        )


def _lists_of_bytes(node: Over, view: ViewTable) -> Iterator[Problem]:
    """ARRAY_AGG keeps the BYTES of rows that have left the window."""
    for column in node.columns:
        is_list = column.call.name in ("COLLECT_LIST", "VALUE_COUNTS")
        if is_list and column.call.arg is not None and type_of(column.call.arg) == Bytes:
            yield Problem(
                view.name,
                column.name,
                f"{column.call.name} of BYTES: a list does not let go of BYTES when their row leaves the "
                "window.",
                "Take a column of another type, such as a name of what the bytes say.",
            )


def _mixed_steps(plan: Plan) -> Iterator[Problem]:
    """Windows of days need instants, shorter ones UTC, and so do rows that are put in order, or later,
    in windows of milliseconds. A script has one kind of event time.
    """
    slides = [(view, n) for view in plan.views for n in nodes_of(view.node) if isinstance(n, Slide)]
    by_days = [view for view, node in slides if isinstance(node.steps, CalendarSteps)]
    shorter = [view for view, node in slides if not isinstance(node.steps, CalendarSteps)]
    if not by_days or not changes_its_clock(plan.timezone):
        return
    days = f"those of {by_days[0].name} are days of {plan.timezone}, which changes its clock"
    fault = "event time cannot be kept both ways."
    allowed = "Materialize the two views by scripts of their own."
    if shorter:
        says = f"its windows are shorter than a day, {days}: {fault}"
        yield Problem(shorter[0].name, None, says, allowed)
    for view, names, says in _windows_of_milliseconds(plan):
        yield Problem(view.name, names, f"{says} in windows of milliseconds, {days}: {fault}", allowed)


def _windows_of_milliseconds(plan: Plan) -> Iterator[tuple[ViewTable, str, str]]:
    """Yield which features of which view need such windows, and what for."""
    for view in plan.views:
        for node in nodes_of(view.node):
            for column in node.columns if isinstance(node, Over) else ():
                if needs_order(column.call):
                    yield view, column.name, "its rows are put in order"
                elif column.window.until is not None:
                    yield view, column.name, "the rows before its row are put later"
            if isinstance(node, AsOfJoin) and is_strict_onto_a_view(node, plan):
                names = ", ".join(column.name for column in node.columns)
                yield view, names, "the rows that it takes a value from are put later"
