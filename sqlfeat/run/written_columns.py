"""Whether a SELECT of the definition's own gives the columns that the definition declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sqlfeat.errors import EngineError, nearest
from sqlfeat.expr.coercion import widens
from sqlfeat.plan.written import Written
from sqlfeat.types import (
    Boolean,
    Bytes,
    DataType,
    Date,
    Decimal,
    Float32,
    Float64,
    Int32,
    Int64,
    Null,
    Schema,
    String,
    Timestamp,
)

NAMES: Mapping[str, DataType] = {
    "BOOLEAN": Boolean, "TINYINT": Int32, "SMALLINT": Int32, "INT": Int32, "BIGINT": Int64,
    "FLOAT": Float32, "DOUBLE": Float64, "STRING": String, "BYTES": Bytes, "BINARY": Bytes, "DATE": Date,
    "TIMESTAMP": Timestamp, "VOID": Null, "NULL": Null, "CHAR": String, "VARCHAR": String,
    "VARBINARY": Bytes, "TIMESTAMP_LTZ": Timestamp,
}  # fmt: skip
"""What engines call the types. A TIMESTAMP(3), which is without a zone, is none of them."""


def check_columns(
    written: Written, found: Mapping[str, str], type_name: Callable[[DataType], str]
) -> None:
    """Raise EngineError, with every fault, unless each declared column is found, in a type that becomes
    the declared one without loss. `found` has the engine's words for the types.
    """
    faults = [*_faults(written.columns, found, type_name)]
    if faults:
        raise EngineError(
            f"view {written.view}: its SELECT does not give what its schema declares: " + " ".join(faults)
        )


def _faults(
    declared: Schema, found: Mapping[str, str], type_name: Callable[[DataType], str]
) -> Iterator[str]:
    for name, dtype in declared:
        if name not in found:
            near = nearest(name, found)
            hint = f"is {near!r} meant?" if near else f"there are: {', '.join(found)}."
            yield f"there is no column {name!r}; {hint}"
        elif not _fits(found[name], dtype, type_name):
            yield f"the column {name!r} is {found[name]}, and is declared {dtype}: CAST it in the SELECT."


def _fits(found: str, dtype: DataType, type_name: Callable[[DataType], str]) -> bool:
    plain = found.upper().removesuffix(" NOT NULL")
    if _same(plain) == _same(type_name(dtype).upper()):
        return True
    known = _known(plain)
    return known == Null or (known is not None and widens(known, dtype))


def _same(text: str) -> str:
    return re.sub(r"[`\s]| NOT NULL", "", text)


def _known(text: str) -> DataType | None:
    exact = re.fullmatch(r"DECIMAL\((\d+), ?(\d+)\)", text)
    if exact:
        return Decimal(int(exact[1]), int(exact[2]))
    if re.fullmatch(r"TIMESTAMP\(\d\)", text):
        return None
    return NAMES.get(re.sub(r"\(\d+\)$", "", text))
