"""What a row of the table of functions is, and the rules of types that several rows share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.coercion import common_type
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.types import DataType, Float64, Int32, Int64, Null, String, Unknown, is_numeric


@dataclass(frozen=True)
class Signature:
    """What a call takes and gives: the type each argument is cast to, and the type of the result.

    `inexact` says that engines type the bare call differently, so that the result is cast too.
    """

    args: tuple[DataType, ...]
    result: DataType
    inexact: bool = False


Rule = Callable[[str, tuple[Expr, ...]], Signature]


@dataclass(frozen=True)
class Function:
    """A row of the table.

    `least` and `most` are the number of arguments, None for any. `rule` gives the types. `form` shows
    a call with its types to a reader, `meaning` says what comes out, `note` what else is to be known.
    """

    name: str
    least: int
    most: int | None
    rule: Rule
    form: str
    meaning: str
    note: str = ""


def table(*rows: Function) -> dict[str, Function]:
    """Return rows by their names."""
    return {row.name: row for row in rows}


def fault(name: str, args: tuple[Expr, ...], allowed: str) -> ExpressionError:
    """Return the error of a call whose arguments have wrong types."""
    shown = ", ".join(str(type_of(arg)) for arg in args)
    return ExpressionError(f"{name} does not take ({shown}).", allowed)


def is_literal(arg: Expr) -> bool:
    """Whether the argument is a constant other than NULL."""
    return isinstance(arg, Literal) and arg.value is not None


def texts(result: DataType) -> Rule:
    """Return the rule of a function whose arguments all are STRING."""

    def rule(name: str, args: tuple[Expr, ...]) -> Signature:
        for arg in args:
            if type_of(arg) not in (String, Null, Unknown):
                raise fault(name, args, "It takes STRING: CAST(… AS STRING).")
        return Signature((String,) * len(args), result)

    return rule


def meeting_of(name: str, args: tuple[Expr, ...]) -> Signature:
    """Every argument and the result have the one type that all of them meet in."""
    meeting = common_type(type_of(arg) for arg in args)
    if meeting is None:
        raise fault(name, args, "The values must be of one type: CAST some of them.")
    return Signature(tuple(_literal_or(arg, meeting) for arg in args), meeting)


def _literal_or(arg: Expr, meeting: DataType) -> DataType:
    """Return what to cast to; a small whole literal beside a BIGINT or DOUBLE stays as it is."""
    small = is_literal(arg) and type_of(arg) == Int32 and meeting in (Int64, Float64)
    return Int32 if small else meeting


def same_number(name: str, args: tuple[Expr, ...]) -> Signature:
    """Numbers whose type the result keeps."""
    dtype = type_of(args[0])
    if not (is_numeric(dtype) or dtype in (Unknown, Null)):
        raise fault(name, args, "It takes a number.")
    return Signature((dtype,), dtype)
