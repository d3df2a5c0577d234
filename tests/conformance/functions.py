"""The Python functions of the cases, which their files describe in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlfeat.dsl.transforms import Transform


def python_udf(given: Mapping[str, Any]) -> Transform:
    raise NotImplementedError("PythonUdfTransform")
