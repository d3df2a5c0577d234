"""Comparisons, conditions and the choice between values: how they are typed."""

from __future__ import annotations

from sqlfeat.expr.coercion import common_type
from sqlfeat.expr.nodes import Expr, type_of
from sqlfeat.expr.signatures import Function, Signature, fault, is_literal, meeting_of, table
from sqlfeat.types import (
    Boolean,
    DataType,
    Date,
    Float32,
    Float64,
    Null,
    String,
    Timestamp,
    Unknown,
    has_equality,
    is_nested,
    is_numeric,
)

EQUALITIES = ("=", "<>", "IS DISTINCT FROM", "IS NOT DISTINCT FROM")


def _comparable(name: str) -> str:
    if name not in EQUALITIES:
        return "Nested values have no order, and are compared one by one: use =, or what is in them."
    return "What is in nested values is exact and no DATE, and keys are STRING: compare what is in them."


def comparison(name: str, args: tuple[Expr, ...]) -> Signature:
    """Values that meet in one type, compared."""
    types = [type_of(arg) for arg in args]
    meeting = common_type(types)
    if meeting is None:
        raise fault(name, args, "Both sides must be numbers, or of one type: CAST one of them.")
    if is_nested(meeting) and not (name in EQUALITIES and has_equality(meeting)):
        raise fault(name, args, _comparable(name))
    if meeting in (Unknown, Null):
        return Signature(tuple(types), Boolean)
    mixed = name in ("IN", "NOT IN") and _needs_one_type(args, meeting)
    return Signature(tuple(_compared_as(arg, meeting, mixed) for arg in args), Boolean)


def _needs_one_type(args: tuple[Expr, ...], meeting: DataType) -> bool:
    """Whether a list is right on every engine only in the type that is written out."""
    columns = {type_of(arg) for arg in args if not is_literal(arg)} - {Null}
    return len(columns) > 1 or (meeting == Float64 and columns != {Float64})


def _compared_as(arg: Expr, meeting: DataType, mixed: bool) -> DataType:
    dtype = type_of(arg)
    unlike = dtype == Float32 and meeting == Float64
    return meeting if dtype == Null or mixed or unlike else dtype


def _among(name: str, args: tuple[Expr, ...]) -> Signature:
    """A value and a list of them, all in the type in which they meet: an engine may take the first's."""
    compared = comparison(name, args)
    types = [type_of(arg) for arg in args]
    if len(set(types) - {Null}) < 2 or Unknown in types:
        return compared
    meeting = meeting_of(name, args)
    return Signature((meeting.result, *meeting.args[1:]), Boolean)


def logical(name: str, args: tuple[Expr, ...]) -> Signature:
    """Conditions, combined to one."""
    for arg in args:
        if type_of(arg) not in (Boolean, Null, Unknown):
            raise fault(name, args, "It takes conditions: compare with = or <, test IS NULL.")
    return Signature((Boolean,) * len(args), Boolean)


def _null_test(name: str, args: tuple[Expr, ...]) -> Signature:
    return Signature((type_of(args[0]),), Boolean)


def _nullif(name: str, args: tuple[Expr, ...]) -> Signature:
    wanted = comparison("NULLIF" if is_nested(type_of(args[0])) else "=", args)
    kept = tuple(
        to if type_of(arg) == Null else type_of(arg) for arg, to in zip(args, wanted.args, strict=True)
    )
    return Signature(kept, kept[0])


def _conditional(name: str, args: tuple[Expr, ...]) -> Signature:
    """CASE and IF: conditions and values in turn, and the value of ELSE at the end."""
    conditions, values = args[:-1:2], (*args[1:-1:2], args[-1])
    logical(name, conditions)
    meeting = meeting_of(name, values)
    wanted: list[DataType] = []
    for value_type in meeting.args[:-1]:
        wanted += [Boolean, value_type]
    return Signature((*wanted, meeting.args[-1]), meeting.result)


def _extreme(name: str, args: tuple[Expr, ...]) -> Signature:
    meeting = meeting_of(name, args)
    found = meeting.result
    if not (is_numeric(found) or found in (String, Date, Timestamp, Null, Unknown)):
        raise fault(name, args, "It takes numbers, texts, dates or timestamps.")
    return meeting


CONDITIONS = table(
    Function("=", 2, 2, comparison, "value = value → BOOLEAN", "equal"),
    Function("<>", 2, 2, comparison, "value <> value → BOOLEAN", "not equal"),
    Function("<", 2, 2, comparison, "value < value → BOOLEAN", "less"),
    Function("<=", 2, 2, comparison, "value <= value → BOOLEAN", "less or equal"),
    Function(">", 2, 2, comparison, "value > value → BOOLEAN", "greater"),
    Function(">=", 2, 2, comparison, "value >= value → BOOLEAN", "greater or equal"),
    Function(
        "IS DISTINCT FROM",
        2,
        2,
        comparison,
        "value IS DISTINCT FROM value → BOOLEAN",
        "different, NULL being a value",
    ),
    Function(
        "IS NOT DISTINCT FROM",
        2,
        2,
        comparison,
        "value IS NOT DISTINCT FROM value → BOOLEAN",
        "the same, NULL being a value",
    ),
    Function("IN", 2, None, _among, "value IN (value, …) → BOOLEAN", "equal to one of the values"),
    Function(
        "NOT IN", 2, None, _among, "value NOT IN (value, …) → BOOLEAN", "equal to none of the values"
    ),
    Function(
        "BETWEEN",
        3,
        3,
        comparison,
        "value BETWEEN value AND value → BOOLEAN",
        "from the one to the other, both included",
    ),
    Function(
        "NOT BETWEEN",
        3,
        3,
        comparison,
        "value NOT BETWEEN value AND value → BOOLEAN",
        "outside of the two",
    ),
    Function("AND", 2, None, logical, "BOOLEAN AND BOOLEAN → BOOLEAN", "both"),
    Function("OR", 2, None, logical, "BOOLEAN OR BOOLEAN → BOOLEAN", "one of them at least"),
    Function("NOT", 1, 1, logical, "NOT BOOLEAN → BOOLEAN", "the opposite"),
    Function("IS NULL", 1, 1, _null_test, "value IS NULL → BOOLEAN", "NULL"),
    Function("IS NOT NULL", 1, 1, _null_test, "value IS NOT NULL → BOOLEAN", "not NULL"),
    Function("IS TRUE", 1, 1, logical, "BOOLEAN IS TRUE → BOOLEAN", "true, not NULL"),
    Function("IS NOT TRUE", 1, 1, logical, "BOOLEAN IS NOT TRUE → BOOLEAN", "false or NULL"),
    Function("IS FALSE", 1, 1, logical, "BOOLEAN IS FALSE → BOOLEAN", "false, not NULL"),
    Function("IS NOT FALSE", 1, 1, logical, "BOOLEAN IS NOT FALSE → BOOLEAN", "true or NULL"),
    Function(
        "CASE",
        3,
        None,
        _conditional,
        "CASE WHEN BOOLEAN THEN value … ELSE value END → type of the values",
        "the value of the first condition that holds",
    ),
    Function(
        "IF",
        3,
        3,
        _conditional,
        "IF(BOOLEAN, value, value) → type of the values",
        "the first value if the condition holds, else the second",
    ),
    Function(
        "COALESCE",
        1,
        None,
        meeting_of,
        "COALESCE(value, …) → type of the values",
        "the first value that is not NULL",
    ),
    Function(
        "NULLIF",
        2,
        2,
        _nullif,
        "NULLIF(value, value) → type of the first",
        "the first value, NULL where it equals the second",
    ),
    Function(
        "GREATEST",
        2,
        None,
        _extreme,
        "GREATEST(value, …) → type of the values",
        "the greatest of the values that are not NULL",
        "of numbers, texts (by code points), dates and timestamps; NaN is the greatest number",
    ),
    Function(
        "LEAST",
        2,
        None,
        _extreme,
        "LEAST(value, …) → type of the values",
        "the least of the values that are not NULL",
        "of numbers, texts (by code points), dates and timestamps; NaN is the greatest number",
    ),
)
