"""Where the rows of a source come from and those of an output go, as plain facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Files:
    """A file or a folder. `data_format` is "json", "csv" or "parquet"."""

    path: str
    data_format: str


@dataclass(frozen=True)
class KafkaTopic:
    """A topic. `startup_mode` is "earliest" or "latest"; `bounded` ends at the present offsets."""

    servers: str
    topic: str
    value_format: str = "json"
    startup_mode: str = "earliest"
    consumer_group: str | None = None
    bounded: bool = False


@dataclass(frozen=True)
class StandardOutput:
    """What the engine prints."""


@dataclass(frozen=True)
class Nowhere:
    """Rows are computed and left."""


@dataclass(frozen=True)
class RowNumbers:
    """The numbers from 0 on: how many (None: without end), and how many a second (None: at once)."""

    count: int | None
    per_second: int | None = None


Connector = Files | KafkaTopic | StandardOutput | Nowhere | RowNumbers
