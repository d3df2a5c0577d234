"""The Python functions of the cases, which their files describe in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import sqlfeat as sf
from sqlfeat.dsl.transforms import Transform


def _name_unless_alex(name: str | None) -> str | None:
    return None if name == "Alex" else name


def _fails_for_alex(name: str) -> str:
    if name == "Alex":
        raise ValueError(name)
    return name


def _lower(name: str | None) -> str | None:
    return None if name is None else name.lower()


def _root(number: float | None) -> float | None:
    return None if number is None else math.sqrt(number)


def _lists(name: str, cost: int) -> dict[str, list[str]]:
    return {"name_list": [name, name], "cost_list": [str(cost)]}


def _twice(name: str | None) -> str | None:
    return None if name is None else f"{name}_{name}"


def _same(cost: int | None) -> int | None:
    return cost


FUNCTIONS: dict[str, tuple[Callable[..., object], list[str]]] = {
    "NULL when name = 'Alex', otherwise name": (_name_unless_alex, ["name"]),
    "raises an error when name = 'Alex', otherwise name": (_fails_for_alex, ["name"]),
    "name in lower case": (_lower, ["name"]),
    "square root of cost_sum": (_root, ["cost_sum"]),
    "square root of total_cost": (_root, ["total_cost"]),
    "a map {'name_list': [name, name], 'cost_list': [cost as string]}": (_lists, ["name", "cost"]),
    "name, an underscore, and name again": (_twice, ["name"]),
    "the column cost unchanged; the rows arrive 0.1 s apart, so watermarks advance between them": (
        _same,
        ["cost"],
    ),
}
"""Each function by the words of its case, and the columns that it takes."""


def python_udf(given: Mapping[str, Any]) -> Transform:
    """Return the transform that a case describes."""
    function, columns = FUNCTIONS[given["udf"].removeprefix("a per-row Python function: ")]
    return sf.PythonUdfTransform(
        function,
        columns,
        fail_on_exception=given["fail_on_exception"],
        value_on_exception=given["value_on_exception"],
    )
