"""Sinks: where the rows of a view go."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from os import PathLike


@dataclass(frozen=True, eq=False)
class Sink:
    """What a materialization writes to."""


@dataclass(frozen=True, eq=False)
class FileSystemSink(Sink):
    """A folder of files: "json" (a JSON object a line), "csv" (no header) or "parquet".

    Spark replaces what the folder holds. Flink, which streams, adds files to it.
    """

    path: str | PathLike[str]
    _: KW_ONLY
    data_format: str = "json"


@dataclass(frozen=True, eq=False)
class KafkaSink(Sink):
    """A topic: one JSON object a row, its fields in the order of the view's columns."""

    _: KW_ONLY
    bootstrap_server: str
    topic: str
    value_format: str = "json"


@dataclass(frozen=True, eq=False)
class BlackHoleSink(Sink):
    """Nowhere: every row is computed, and then left, to see whether a job runs and how fast.

    Spark, whose SQL cannot leave rows, prints how many there were.
    """


@dataclass(frozen=True, eq=False)
class PrintSink(Sink):
    """The standard output of the engine."""
