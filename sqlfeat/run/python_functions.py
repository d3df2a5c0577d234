"""Python functions of a definition, as an engine's workers run them."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sqlfeat.errors import EngineError
from sqlfeat.expr import python_values
from sqlfeat.expr.python_values import fit, instant_given, instant_taken, taken
from sqlfeat.types import Timestamp

if TYPE_CHECKING:
    from sqlfeat.plan.functions import PythonFunction

OPENING, CLOSING = "[[sqlfeat: ", " :sqlfeat]]"
"""What stands around our words in the trace of an engine's worker."""

LONGEST = 300
"""How many characters of the values an error shows."""


def worker_function(function: PythonFunction, row: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    """Return what an engine calls: the definition's function, its values and errors in our words.

    `row` makes a STRUCT as the engine takes it.
    """
    udf, fails, otherwise = function.udf, function.fails, function.otherwise
    takes = [instant_taken if dtype == Timestamp else taken for _, dtype in function.args]
    fitted = fit(function.result, row)
    gives: Callable[[Any], Any] = instant_given if function.result == Timestamp else _as_it_is
    where = f"view {function.view}, feature {function.feature}: the function {function.called}"

    def call(*values: Any) -> Any:
        given = [take(value) for take, value in zip(takes, values, strict=True)]
        try:
            result = udf(*given)
        except Exception as error:
            if not fails:
                return gives(fitted(otherwise))
            says = f"fails for {_shown(given)}: {type(error).__name__}: {error}"
            raise _failure(f"{where} {says}") from None
        try:
            return gives(fitted(result))
        except ValueError as error:
            raise _failure(f"{where} gives for {_shown(given)} what it should not: {error}") from None

    return call


def _shown(values: list[Any]) -> str:
    text = ", ".join(map(repr, values))
    return f"({text if len(text) <= LONGEST else text[:LONGEST] + ' …'})"


def _as_it_is(value: Any) -> Any:
    return value


def not_sent(function: PythonFunction, error: Exception) -> EngineError:
    """Return the error of a function that cannot be sent to an engine's workers."""
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return EngineError(
        f"view {function.view}, feature {function.feature}: the function {function.called} cannot be "
        f"sent to the engine's workers: {reason}. What it holds, such as open files and locks, has to "
        "stay out.",
        str(error),
    )


def _failure(text: str) -> RuntimeError:
    return RuntimeError(OPENING + " ".join(text.split()) + CLOSING)


@contextmanager
def carried_whole(function: PythonFunction, cloudpickle: Any) -> Iterator[None]:
    """While it lasts, what is pickled takes along the code of the function's module, and of ours: the
    workers need not have them.
    """
    modules = [sys.modules[__name__], python_values, *_own_modules(function.udf)]
    with ExitStack() as stack:
        for module in modules:
            if module.__name__ not in cloudpickle.list_registry_pickle_by_value():
                cloudpickle.register_pickle_by_value(module)
                stack.callback(cloudpickle.unregister_pickle_by_value, module)
        yield


def _own_modules(udf: Any) -> Iterator[ModuleType]:
    """Yield the module that a function stands in, unless it was installed: then workers have it, too."""
    while isinstance(udf, partial):
        udf = udf.func
    name = getattr(udf, "__module__", None) or type(udf).__module__
    module = sys.modules.get(name)
    path = getattr(module, "__file__", None)
    if module is None or path is None:
        return
    paths = (sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib"))
    if not any(Path(path).is_relative_to(installed) for installed in paths):
        yield module
