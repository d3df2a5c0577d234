"""A definition as the folder of a test case: definition.py, the rows, the expected rows."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from sqlfeat.expr.nodes import Expr
from sqlfeat.types import ArrayType, DataType, DecimalType, MapType, StructType
from sqlfeat.words import in_words
from tests.fuzz.comparing import expected
from tests.fuzz.expression_text import text_of
from tests.fuzz.model import Definition, Made, Ref, build
from tests.fuzz.rendering import write_file
from tests.oracle import evaluate

NAMES = {
    "BOOLEAN": "Boolean",
    "INT": "Int32",
    "BIGINT": "Int64",
    "FLOAT": "Float32",
    "DOUBLE": "Float64",
    "STRING": "String",
    "BYTES": "Bytes",
    "DATE": "Date",
    "TIMESTAMP": "Timestamp",
}


def code_of(definition: Definition) -> str:
    """Return the text of definition.py."""
    parts = ['"""…"""\n\nimport sqlfeat as sf\n']
    if definition.timezone != "UTC":
        parts.append(f"timezone = {definition.timezone!r}\n")
    for table in definition.tables[:-1]:
        parts.append(f"{table.name} = {_said(table)}\n")
    parts.append(f"target = {_said(definition.tables[-1])}\n")
    return "\n".join(parts)


def _said(value: object) -> str:
    if isinstance(value, Ref):
        return value.name
    if isinstance(value, Made):
        return f"sf.{value.kind}(\n{_indented([f'{key}={_said(v)}' for key, v in value.fields.items()])})"
    if isinstance(value, Expr):
        return repr(text_of(value))
    if isinstance(value, DataType):
        return _type(value)
    if isinstance(value, timedelta):
        return repr(in_words(value // timedelta(milliseconds=1)))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_said(key)}: {_said(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        inside = ", ".join(map(_said, value))
        return f"[{inside}]" if "\n" not in inside else f"[\n{_indented(list(map(_said, value)))}]"
    return repr(value)


def _indented(parts: list[str]) -> str:
    return textwrap.indent("".join(part + ",\n" for part in parts), "    ")


def _type(dtype: DataType) -> str:
    if isinstance(dtype, DecimalType):
        return f"sf.Decimal({dtype.precision}, {dtype.scale})"
    if isinstance(dtype, ArrayType):
        return f"sf.Array({_type(dtype.element)})"
    if isinstance(dtype, MapType):
        return f"sf.Map({_type(dtype.key)}, {_type(dtype.value)})"
    if isinstance(dtype, StructType):
        return "sf.Struct(" + ", ".join(f"{name}={_type(field)}" for name, field in dtype.fields) + ")"
    return f"sf.{NAMES[str(dtype)]}"


def write_case(definition: Definition, folder: Path) -> None:
    """Write the folder; its plan and SQL are written by `pytest --update`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "definition.py").write_text(code_of(definition), encoding="utf-8")
    for source in definition.sources:
        write_file(folder / str(source.fields["path"]), definition.rows[source.name])
    if expected(definition).stops is None:
        found = evaluate(build(definition, None), definition.rows, timezone=definition.timezone)
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        write_file(folder / "expected.jsonl", rows)


def printed(folder: Path) -> str:
    """Return the files of a folder, one after the other."""
    texts = []
    for path in sorted(folder.iterdir(), key=lambda path: (path.suffix != ".py", path.name)):
        texts.append(f"--- {path.name}\n{path.read_text('utf-8')}")
    return "\n".join(texts)
