"""Features that a Python function computes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlfeat.compiler.scope import Scope, fresh
from sqlfeat.dsl.transforms import PythonUdfTransform
from sqlfeat.dsl.views import Feature
from sqlfeat.expr.nodes import PYTHON_UDF, Call, Column, Expr, Literal, type_of, walk
from sqlfeat.expr.python_values import fit
from sqlfeat.plan.functions import PythonFunction
from sqlfeat.plan.rows import Derive
from sqlfeat.plan.tables import ViewTable
from sqlfeat.plan.walk import nodes_of
from sqlfeat.types import DataType, Int64, Schema, String, Timestamp


def python_call(transform: PythonUdfTransform, feature: Feature, view: str, scope: Scope) -> Expr | None:
    """Return the call of a feature's function; None, with the mistakes noted, where it cannot be."""
    problems = len(scope.problems)
    result = transform.dtype if transform.dtype is not None else feature.dtype
    if result is None:
        fault = "the type of what its function gives is not said."
        scope.fault(view, feature.name, fault, "Give the Feature, or the PythonUdfTransform, a dtype=.")
    _check_arguments(transform, feature.name, view, scope)
    if isinstance(result, DataType):
        _check_otherwise(transform, result, feature.name, view, scope)
    if not isinstance(result, DataType) or len(scope.problems) > problems:
        return None
    name = fresh(_name(view, feature.name), scope.functions)
    scope.functions[name] = PythonFunction(
        name,
        view,
        feature.name,
        transform.udf,
        Schema(()),
        result,
        transform.fail_on_exception,
        transform.value_on_exception,
    )
    args = tuple(Column(arg) for arg in transform.args)
    return Call(PYTHON_UDF, (Literal(name, String), *args), result)


def _name(view: str, feature: str) -> str:
    """Return the name of a feature's function: words of plain letters, and no engine's own name.

    >>> _name("users", "lower name")
    'users__lower_name'
    """
    return re.sub(r"\W", "_", f"{view}__{feature}", flags=re.ASCII)


def _check_arguments(transform: PythonUdfTransform, feature: str, view: str, scope: Scope) -> None:
    if not transform.args:
        fault = "its function reads no column: that would be a constant."
        scope.fault(view, feature, fault, "Name the columns that it takes, in order: args=[…].")
        return
    twice = sorted({arg for arg in transform.args if list(transform.args).count(arg) > 1})
    if twice:
        scope.fault(view, feature, f"its args name {twice[0]!r} twice.", "Name each column once.")
    if not _takes(transform.udf, len(transform.args)):
        fault = f"its function does not take {len(transform.args)} values, one for each of its args."
        scope.fault(view, feature, fault, f"It is {_signature(transform.udf)}.")


def _takes(udf: Callable[..., Any], count: int) -> bool:
    """Whether a function can be called with so many values; so it is where Python does not know."""
    try:
        inspect.signature(udf).bind(*range(count))
    except ValueError:
        return True
    except TypeError:
        return False
    return True


def _signature(udf: Callable[..., Any]) -> str:
    return f"{getattr(udf, '__name__', type(udf).__name__)}{inspect.signature(udf)}"


def _check_otherwise(
    transform: PythonUdfTransform, result: DataType, feature: str, view: str, scope: Scope
) -> None:
    if transform.fail_on_exception and transform.value_on_exception is not None:
        fault = "it has a value_on_exception, and fails on an exception."
        scope.fault(view, feature, fault, "Say fail_on_exception=False.")
    try:
        fit(result, list)(transform.value_on_exception)
    except ValueError as error:
        scope.fault(view, feature, f"its value_on_exception {error}.", f"Give a {result}, or None.")


def with_arguments(call: Expr, scope: Scope) -> Expr:
    """Return the call of a function, now that the types of its columns are known; note them. Any other
    expression is returned as it is.
    """
    if not isinstance(call, Call) or call.function != PYTHON_UDF:
        return call
    columns = tuple((arg.name, type_of(arg)) for arg in call.args[1:] if isinstance(arg, Column))
    found = replace(scope.functions[_called(call)], args=Schema(columns))
    scope.functions[found.name] = found
    given = replace(call, args=tuple(_given(arg) for arg in call.args), type=found.gives)
    return given if found.gives == found.result else Call("TIMESTAMP_OF_MILLIS", (given,), found.result)


def _given(arg: Expr) -> Expr:
    """Return what a function is given for a column: milliseconds for an instant."""
    return Call("MILLIS_OF_TIMESTAMP", (arg,), Int64) if type_of(arg) == Timestamp else arg


def called_in(views: Iterable[ViewTable], scope: Scope) -> tuple[PythonFunction, ...]:
    """Return the functions that these views call."""
    derived = [node for view in views for node in nodes_of(view.node) if isinstance(node, Derive)]
    exprs = [part for node in derived for _, expr in node.columns for part in walk(expr)]
    called = {_called(expr) for expr in exprs if isinstance(expr, Call) and expr.function == PYTHON_UDF}
    return tuple(function for name, function in scope.functions.items() if name in called)


def _called(call: Call) -> str:
    name = call.args[0]
    assert isinstance(name, Literal)
    return str(name.value)
