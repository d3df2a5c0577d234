"""sqlfeat: define ML features once, in Python; get the same rows from Flink SQL and from Spark SQL."""

from __future__ import annotations

from pathlib import Path as _Path

if not (_Path(__file__).parent / "dialects").is_dir():
    # A checkout that is not installed keeps dialects/ and templates/ beside this package.
    __path__.append(str(_Path(__file__).parent.parent))

import sqlfeat.run as _engines  # noqa: F401 - loaded first: else it would hide the call of its name
from sqlfeat.api import explain, plan, render, run, to_pandas, validate
from sqlfeat.dsl.registry import Registry
from sqlfeat.dsl.sinks import BlackHoleSink, FileSystemSink, KafkaSink, PrintSink
from sqlfeat.dsl.sources import (
    DataGenSource,
    FileSystemSource,
    KafkaSource,
    RandomField,
    SequenceField,
)
from sqlfeat.dsl.transforms import (
    ExpressionTransform,
    JoinTransform,
    OverWindowTransform,
    PythonUdfTransform,
    SlidingWindowTransform,
)
from sqlfeat.dsl.views import (
    DerivedFeatureView,
    Feature,
    Materialization,
    SlidingFeatureView,
    SqlFeatureView,
)
from sqlfeat.errors import (
    DefinitionError,
    EngineError,
    SettingsError,
    SqlfeatError,
    UnsupportedError,
)
from sqlfeat.expr.builder import call, col, lit
from sqlfeat.settings import Settings, load_settings
from sqlfeat.types import (
    Array,
    Boolean,
    Bytes,
    Date,
    Decimal,
    Float32,
    Float64,
    Int32,
    Int64,
    Map,
    String,
    Struct,
    Timestamp,
)

__version__ = "0.1.0"

__all__ = [
    "Array",
    "BlackHoleSink",
    "Boolean",
    "Bytes",
    "DataGenSource",
    "Date",
    "Decimal",
    "DefinitionError",
    "DerivedFeatureView",
    "EngineError",
    "ExpressionTransform",
    "Feature",
    "FileSystemSink",
    "FileSystemSource",
    "Float32",
    "Float64",
    "Int32",
    "Int64",
    "JoinTransform",
    "KafkaSink",
    "KafkaSource",
    "Map",
    "Materialization",
    "OverWindowTransform",
    "PrintSink",
    "PythonUdfTransform",
    "RandomField",
    "Registry",
    "SequenceField",
    "Settings",
    "SettingsError",
    "SlidingFeatureView",
    "SlidingWindowTransform",
    "SqlFeatureView",
    "SqlfeatError",
    "String",
    "Struct",
    "Timestamp",
    "UnsupportedError",
    "call",
    "col",
    "explain",
    "lit",
    "load_settings",
    "plan",
    "render",
    "run",
    "to_pandas",
    "validate",
]
