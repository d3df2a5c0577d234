"""Arithmetic and functions of numbers in Spark's words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlfeat.dialects.base import FunctionText

SPARK_NUMBERS: Mapping[str, FunctionText] = {"DIV": "{0} DIV NULLIF({1}, 0)"}
