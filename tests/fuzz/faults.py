"""Faults to plant, one at a time: texts of sqlfeat that are changed to what is nearly right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """A change of some texts. `says` is what is wrong then, in the SQL of `dialect`."""

    says: str
    dialect: str
    changes: tuple[tuple[str, str, str], ...]

    def plant(self, root: Path) -> None:
        """Change the files below a folder. Each text must be there."""
        for path, right, wrong in self.changes:
            text = (root / path).read_text("utf-8")
            assert right in text, f"{path} has no {right!r}"
            (root / path).write_text(text.replace(right, wrong), encoding="utf-8")


FLINK, SPARK = "flink", "spark"
REWRITES = "sqlfeat/rewrites/"
VERSIONS = REWRITES + "join_by_versions.py"
IN_TIME_ORDER = "templates/flink/nodes/in_time_order.sql.j2"
CARRIED = "templates/spark/nodes/carry_forward.sql.j2"


def _both(says: str, *changes: tuple[str, str, str]) -> tuple[Fault, ...]:
    return tuple(Fault(says, dialect, changes) for dialect in (FLINK, SPARK))


FAULTS: tuple[Fault, ...] = (
    Fault(
        "versions go into ROW_NUMBER in order of arrival",
        FLINK,
        (
            (IN_TIME_ORDER, "%}COUNT(*){%", "%}1{%"),
            (IN_TIME_ORDER, "MAX({{ node.tie_breaker|ident }})", "{{ node.tie_breaker|ident }}"),
            (IN_TIME_ORDER, " OVER same_time", ""),
            (IN_TIME_ORDER, "\nWINDOW same_time AS", "{#"),
            (IN_TIME_ORDER, "AND CURRENT ROW)", "#}"),
        ),
    ),
    Fault(
        "NULL keys match",
        FLINK,
        ((VERSIONS, "for key in keys:\n        present", "for key in ():\n        present"),),
    ),
    Fault(
        "the least tie_breaker wins",
        FLINK,
        ((IN_TIME_ORDER, "MAX({{ node.tie", "MIN({{ node.tie"),),
    ),
    Fault(
        "strict is taken for not strict",
        FLINK,
        ((VERSIONS, "Literal(1, Interval)", "Literal(0, Interval)"),),
    ),
    Fault(
        "first and last among rows of one time are swapped",
        FLINK,
        (
            (
                REWRITES + "settle_ties.py",
                '"FIRST_VALUE": "MIN", "LAST_VALUE": "MAX"',
                '"FIRST_VALUE": "MAX", "LAST_VALUE": "MIN"',
            ),
        ),
    ),
    Fault(
        "days begin at midnight less the offset of the zone",
        FLINK,
        ((REWRITES + "hold_event_time_in_utc.py", "offset_ms % step_ms", "-offset_ms % step_ms"),),
    ),
    Fault(
        "the rows at the start of a smaller window are left out",
        FLINK,
        (("dialects/flink.py", ">= window_end", "> window_end"),),
    ),
    *_both(
        "a match as old as the ttl is left out",
        (REWRITES + "matching.py", 'Call(">=", (right_time', 'Call(">", (right_time'),
    ),
    *_both(
        "the ttl is a millisecond shorter",
        (REWRITES + "matching.py", "lead_ms - join.ttl_ms", "lead_ms - join.ttl_ms + 1"),
    ),
    *_both(
        "the ttl is a millisecond longer",
        (REWRITES + "matching.py", "lead_ms - join.ttl_ms", "lead_ms - join.ttl_ms - 1"),
    ),
    *_both(
        "the zeros of an empty window are NULLs",
        (REWRITES + "matching.py", "if joined.zero:", "if joined.zero and of is None:"),
    ),
    *_both(
        "an over window leaves out the rows at its start",
        ("sqlfeat/compiler/windows.py", "size_ms if has_start else", "size_ms - 1 if has_start else"),
    ),
    *_both(
        "the filter of an over window is ignored",
        (REWRITES + "fold_window_filters.py", "arg=case, where=None", "arg=value, where=None"),
    ),
    *_both(
        "the row for a window that has emptied is missing",
        (REWRITES + "reach_back_a_step.py", "node.size_ms + node.steps.step_ms", "node.size_ms"),
    ),
    *_both(
        "a repeated NULL is a change",
        (REWRITES + "compare_with_previous.py", "IS DISTINCT FROM", "<>"),
    ),
    Fault("IGNORE NULLS is left out", SPARK, ((CARRIED, " IGNORE NULLS", ""),)),
    Fault(
        "NULL keys match",
        SPARK,
        (
            (
                "templates/spark/nodes/timeline.sql.j2",
                "{{ key|ident }} IS NOT NULL",
                "({{ key|ident }} IS NOT NULL OR TRUE)",
            ),
        ),
    ),
    Fault(
        "the least tie_breaker wins",
        SPARK,
        ((CARRIED, "{{ name|ident }}{% endfor %} ROWS", "{{ name|ident }} DESC{% endfor %} ROWS"),),
    ),
    Fault(
        "strict is taken for not strict",
        SPARK,
        ((REWRITES + "join_by_timeline.py", "0 if node.strict else 1", "1"),),
    ),
    Fault(
        "windows are laid out without the offset of the zone",
        SPARK,
        (
            (
                "templates/spark/nodes/time_windows_of_rows.sql.j2",
                "if node.steps.offset_ms",
                "if node.steps.offset_ms and false",
            ),
        ),
    ),
    Fault(
        "over windows measure days by the calendar",
        SPARK,
        ((REWRITES + "range_over_milliseconds.py", "ms < DAY_MS", "ms < 1_000 * DAY_MS"),),
    ),
    Fault(
        "the rows at the start of a smaller window are left out",
        SPARK,
        ((REWRITES + "unfold_windows.py", 'Call(">=", (time, start)', 'Call(">", (time, start)'),),
    ),
)
