"""The closed table of functions and operators: each with how its arguments and result are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlfeat.errors import ExpressionError
from sqlfeat.expr.coercion import as_decimal, common_type
from sqlfeat.expr.nodes import Expr, Literal, type_of
from sqlfeat.types import (
    Boolean,
    DataType,
    DecimalType,
    Float32,
    Float64,
    Int32,
    Int64,
    MapType,
    Null,
    String,
    Unknown,
    is_float,
    is_integer,
    is_numeric,
)


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
    """A row of the table: the name, the number of arguments, the rule of types, what it means."""

    name: str
    least: int
    most: int | None
    rule: Rule
    meaning: str


def _fault(name: str, args: tuple[Expr, ...], allowed: str) -> ExpressionError:
    shown = ", ".join(str(type_of(arg)) for arg in args)
    return ExpressionError(f"{name} does not take ({shown}).", allowed)


def _is_literal(arg: Expr) -> bool:
    return isinstance(arg, Literal) and arg.value is not None


def _arithmetic(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    meeting = common_type(types)
    if meeting == Unknown:
        return Signature(tuple(types), Unknown)
    if meeting is None or not (is_numeric(meeting) or meeting == Null):
        raise _fault(name, args, "It takes numbers.")
    if any(isinstance(dtype, DecimalType) for dtype in types):
        return _decimal_arithmetic(name, args)
    if is_float(meeting):
        wide = {Float32: Float64, Null: Float64}
        return Signature(tuple(wide.get(dtype, dtype) for dtype in types), Float64)
    return Signature(_as_bigint(args), Int64)


def _as_bigint(args: tuple[Expr, ...]) -> tuple[DataType, ...]:
    """Integer arithmetic is 64-bit: columns are widened, a literal only where nothing else is."""
    only_literals = all(_is_literal(arg) for arg in args)
    return tuple(
        type_of(arg) if _is_literal(arg) and not (only_literals and place == 0) else Int64
        for place, arg in enumerate(args)
    )


def _decimal_arithmetic(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    if any(is_float(dtype) and not _is_literal(arg) for arg, dtype in zip(args, types, strict=True)):
        return Signature((Float64,) * len(args), Float64)
    exact = [_exact(arg) for arg in args]
    if len(exact) == 1:
        return Signature(tuple(exact), exact[0])
    (p1, s1), (p2, s2) = ((dtype.precision, dtype.scale) for dtype in exact)
    scale = {"*": s1 + s2, "/": max(6, s1 + p2 + 1)}.get(name, max(s1, s2))
    whole = {"*": p1 - s1 + p2 - s2 + 1, "/": p1 - s1 + s2}.get(name, max(p1 - s1, p2 - s2) + 1)
    if whole + scale > 38:
        raise ExpressionError(
            f"{name} of {exact[0]} and {exact[1]} needs {whole + scale} digits.",
            "A DECIMAL has 38 at most: CAST an operand to fewer digits, or to DOUBLE.",
        )
    return Signature(tuple(exact), DecimalType("DECIMAL", whole + scale, scale), inexact=True)


def _exact(arg: Expr) -> DecimalType:
    if isinstance(arg, Literal) and isinstance(arg.value, float):
        whole, _, fraction = f"{abs(arg.value):f}".rstrip("0").partition(".")
        return DecimalType("DECIMAL", len(whole) + len(fraction), len(fraction))
    found = as_decimal(type_of(arg))
    return found if found is not None else DecimalType("DECIMAL", 1, 0)


def _division(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    if all(isinstance(dtype, DecimalType) for dtype in types):
        return _decimal_arithmetic(name, args)
    _arithmetic(name, args)
    return Signature((Float64, Float64), Unknown if Unknown in types else Float64)


def _integer_division(name: str, args: tuple[Expr, ...]) -> Signature:
    for arg in args:
        if not (is_integer(type_of(arg)) or type_of(arg) in (Null, Unknown)):
            raise _fault(name, args, "It takes INT or BIGINT.")
    return Signature(_as_bigint(args), Int64)


def _comparison(name: str, args: tuple[Expr, ...]) -> Signature:
    types = [type_of(arg) for arg in args]
    meeting = common_type(types)
    if meeting is None:
        raise _fault(name, args, "Both sides must be numbers, or of one type: CAST one of them.")
    if isinstance(meeting, MapType):
        raise _fault(name, args, "Maps cannot be compared.")
    if meeting in (Unknown, Null):
        return Signature(tuple(types), Boolean)
    return Signature(tuple(meeting if dtype == Null else dtype for dtype in types), Boolean)


def _logical(name: str, args: tuple[Expr, ...]) -> Signature:
    for arg in args:
        if type_of(arg) not in (Boolean, Null, Unknown):
            raise _fault(name, args, "It takes conditions: compare with = or <, test IS NULL.")
    return Signature((Boolean,) * len(args), Boolean)


def _null_test(name: str, args: tuple[Expr, ...]) -> Signature:
    return Signature((type_of(args[0]),), Boolean)


def _text(result: DataType) -> Rule:
    def rule(name: str, args: tuple[Expr, ...]) -> Signature:
        for arg in args:
            if type_of(arg) not in (String, Null, Unknown):
                raise _fault(name, args, "It takes STRING: CAST(… AS STRING).")
        return Signature((String,) * len(args), result)

    return rule


def _meeting(name: str, args: tuple[Expr, ...]) -> Signature:
    """Every argument and the result have the one type that all of them meet in."""
    meeting = common_type(type_of(arg) for arg in args)
    if meeting is None:
        raise _fault(name, args, "The values must be of one type: CAST some of them.")
    return Signature(tuple(_literal_or(arg, meeting) for arg in args), meeting)


def _literal_or(arg: Expr, meeting: DataType) -> DataType:
    """Return what to cast to; a small whole literal beside a BIGINT or DOUBLE stays as it is."""
    small = _is_literal(arg) and type_of(arg) == Int32 and meeting in (Int64, Float64)
    return Int32 if small else meeting


def _nullif(name: str, args: tuple[Expr, ...]) -> Signature:
    wanted = _comparison(name, args)
    return Signature(wanted.args, wanted.args[0])


def _conditional(name: str, args: tuple[Expr, ...]) -> Signature:
    """CASE and IF: conditions and values in turn, and the value of ELSE at the end."""
    conditions, values = args[:-1:2], (*args[1:-1:2], args[-1])
    _logical(name, conditions)
    meeting = _meeting(name, values)
    wanted: list[DataType] = []
    for value_type in meeting.args[:-1]:
        wanted += [Boolean, value_type]
    return Signature((*wanted, meeting.args[-1]), meeting.result)


def _same(name: str, args: tuple[Expr, ...]) -> Signature:
    """Numbers whose type the result keeps."""
    dtype = type_of(args[0])
    if not (is_numeric(dtype) or dtype in (Unknown, Null)):
        raise _fault(name, args, "It takes a number.")
    return Signature((dtype,), dtype)


FUNCTIONS: dict[str, Function] = {
    row.name: row
    for row in (
        Function("+", 2, 2, _arithmetic, "the sum; integers are added as BIGINT"),
        Function("-", 2, 2, _arithmetic, "the difference"),
        Function("*", 2, 2, _arithmetic, "the product"),
        Function("/", 2, 2, _division, "the quotient, DOUBLE or DECIMAL; NULL by zero"),
        Function("DIV", 2, 2, _integer_division, "the whole quotient, BIGINT; NULL by zero"),
        Function("%", 2, 2, _integer_division, "the remainder, of the dividend's sign"),
        Function("NEGATE", 1, 1, _arithmetic, "the number with the other sign"),
        Function("||", 2, None, _text(String), "the texts, one after the other"),
        Function("CONCAT", 1, None, _text(String), "the texts, one after the other"),
        Function("=", 2, 2, _comparison, "equal"),
        Function("<>", 2, 2, _comparison, "not equal"),
        Function("<", 2, 2, _comparison, "less"),
        Function("<=", 2, 2, _comparison, "less or equal"),
        Function(">", 2, 2, _comparison, "greater"),
        Function(">=", 2, 2, _comparison, "greater or equal"),
        Function("IS DISTINCT FROM", 2, 2, _comparison, "different, NULL being a value"),
        Function("IS NOT DISTINCT FROM", 2, 2, _comparison, "the same, NULL being a value"),
        Function("IN", 2, None, _comparison, "equal to one of the values"),
        Function("NOT IN", 2, None, _comparison, "equal to none of the values"),
        Function("BETWEEN", 3, 3, _comparison, "from the one to the other, both included"),
        Function("NOT BETWEEN", 3, 3, _comparison, "outside of the two"),
        Function("LIKE", 2, 2, _text(Boolean), "text of a pattern with % and _"),
        Function("NOT LIKE", 2, 2, _text(Boolean), "text not of the pattern"),
        Function("AND", 2, None, _logical, "both"),
        Function("OR", 2, None, _logical, "one of them at least"),
        Function("NOT", 1, 1, _logical, "the opposite"),
        Function("IS NULL", 1, 1, _null_test, "NULL"),
        Function("IS NOT NULL", 1, 1, _null_test, "not NULL"),
        Function("IS TRUE", 1, 1, _logical, "true, not NULL"),
        Function("IS NOT TRUE", 1, 1, _logical, "false or NULL"),
        Function("IS FALSE", 1, 1, _logical, "false, not NULL"),
        Function("IS NOT FALSE", 1, 1, _logical, "true or NULL"),
        Function("CASE", 3, None, _conditional, "the value of the first condition that holds"),
        Function("IF", 3, 3, _conditional, "the first value if the condition holds, else the second"),
        Function("COALESCE", 1, None, _meeting, "the first value that is not NULL"),
        Function("NULLIF", 2, 2, _nullif, "the first value, NULL where it equals the second"),
        Function("LOWER", 1, 1, _text(String), "the text in lower case"),
        Function("UPPER", 1, 1, _text(String), "the text in upper case"),
        Function("ABS", 1, 1, _same, "the number without its sign"),
    )
}

AGGREGATE_NAMES = frozenset(
    "SUM COUNT AVG MIN MAX FIRST_VALUE LAST_VALUE COUNT_DISTINCT ROW_NUMBER COLLECT_LIST "
    "VALUE_COUNTS STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP".split()
)

NOT_DETERMINISTIC = frozenset(
    "RAND RANDOM NOW UUID CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME LOCALTIMESTAMP PROCTIME".split()
)
