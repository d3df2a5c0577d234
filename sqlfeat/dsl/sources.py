"""Sources: where rows come from, what their columns are, and when they happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from os import PathLike

from sqlfeat.dsl.tables import Table
from sqlfeat.types import DataType
from sqlfeat.words import Duration


@dataclass(frozen=True, eq=False)
class Source(Table):
    """What every source says.

    `schema` names the columns and their types. `keys` identify what a row is about; a join onto the
    source uses them. `timestamp_field` is the column that holds the event time; unless that is a
    TIMESTAMP, `timestamp_format` says how to read it: strptime codes, `"epoch"` (seconds) or
    `"epoch_millis"`. Text without an offset is read in the project's time zone.

    `max_out_of_orderness` is how much later than a newer row a row may arrive. Unless said, it is zero
    for an unbounded source, and a bounded one may hold its rows in any order. `idle_timeout` is how
    long the source may be silent before it no longer holds others back. `on_bad_timestamp` is "fail"
    (the default: a timestamp that cannot be read stops the run) or "drop".
    """

    _: KW_ONLY
    schema: Mapping[str, DataType]
    keys: Sequence[str] | None = None
    timestamp_field: str | None = None
    timestamp_format: str | None = None
    max_out_of_orderness: Duration | None = None
    idle_timeout: Duration | None = None
    on_bad_timestamp: str = "fail"


@dataclass(frozen=True, eq=False)
class FileSystemSource(Source):
    """The rows of a file, or of the files in a folder: "json" (a JSON object a line), "csv" (without a
    header, columns in the order of the schema) or "parquet". Bounded.

    >>> from sqlfeat.types import Float64, String
    >>> FileSystemSource("prices", path="prices.json", data_format="json",
    ...     schema={"item_id": String, "price": Float64, "at": String}, keys=["item_id"],
    ...     timestamp_field="at", timestamp_format="%Y-%m-%d %H:%M:%S").name
    'prices'
    """

    _: KW_ONLY
    path: str | PathLike[str]
    data_format: str = "json"


@dataclass(frozen=True)
class SequenceField:
    """The numbers `start`, `start + step`, and so on, one for each row; with `end`, which is included,
    they begin again after it. For INT, BIGINT, DOUBLE and, as text, STRING.
    """

    start: int = 0
    _: KW_ONLY
    step: int = 1
    end: int | None = None


@dataclass(frozen=True)
class RandomField:
    """Values in no order, each as likely as the others: of INT and BIGINT between `minimum` and
    `maximum`, both included (0 and 2147483646 unless said); of DOUBLE between them (0 and 1); of STRING
    `length` hexadecimal digits; of BOOLEAN true and false.

    They look random and are not: a row has the same values in every run, on every engine.
    """

    minimum: float | None = None
    maximum: float | None = None
    length: int = 8


@dataclass(frozen=True, eq=False)
class DataGenSource(Source):
    """Rows that are made up, to try a definition out: `number_of_rows` of them, at most
    `rows_per_second` on an engine that streams. (None, rows without end, is refused by the dialects.)

    `field_configs` say how the columns come about; one that has none is a RandomField. Every engine
    gives the same rows. A `timestamp_field` is a SequenceField, of times after 1970.
    """

    _: KW_ONLY
    number_of_rows: int | None = None
    rows_per_second: int | None = None
    field_configs: Mapping[str, SequenceField | RandomField] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class KafkaSource(Source):
    """The records of a topic, one JSON object each. Unbounded, unless `bounded`: then it ends at the
    offsets that the topic has when the run starts.

    `bootstrap_server` is `host:port` of a broker (several with commas). `startup_mode` is "earliest"
    (the default) or "latest".
    """

    _: KW_ONLY
    bootstrap_server: str
    topic: str
    value_format: str = "json"
    startup_mode: str = "earliest"
    consumer_group: str | None = None
    bounded: bool = False
