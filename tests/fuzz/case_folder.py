"""A definition as the folder of a test case: definition.py, the rows, the expected rows."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import FunctionType

from sqlfeat.expr.nodes import Expr
from sqlfeat.types import ArrayType, DataType, DecimalType, MapType, StructType
from sqlfeat.words import in_words
from tests.fuzz.comparing import expected, result_of, rows_of_tables
from tests.fuzz.expression_text import text_of
from tests.fuzz.model import Definition, Made, Ref, Select, parts_of
from tests.fuzz.rendering import write_file, write_rows

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
    parts = ['"""…"""\n', *_imports(definition), ""]
    if definition.timezone != "UTC":
        parts.append(f"timezone = {definition.timezone!r}\n")
    parts += [f"{name} = {value!r}\n" for name, value in definition.asked.items()]
    for table in definition.tables[:-1]:
        parts.append(f"{table.name} = {_said(table)}\n")
    parts.append(f"target = {_said(definition.tables[-1])}\n")
    return "\n".join(parts)


def _imports(definition: Definition) -> list[str]:
    calls = any(isinstance(part, FunctionType) for table in definition.tables for part in parts_of(table))
    return [
        *(["import datetime", "from decimal import Decimal"] if definition.asked else []),
        "import sqlfeat as sf",
        *(["from tests.fuzz import python_functions"] if calls else []),
    ]


def _said(value: object) -> str:
    if isinstance(value, Ref):
        return value.name
    if isinstance(value, Select):
        return repr(value.text(value.source.name))
    if isinstance(value, FunctionType):
        return f"python_functions.{value.__name__}"
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
    write_rows(definition, folder)
    if expected(definition).stops is None:
        given = rows_of_tables(definition)
        for table in definition.tables:
            if table.kind == "SqlFeatureView":
                write_file(folder / f"{table.name}.rows.jsonl", given[table.name])
        found = result_of(definition)
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        write_file(folder / "expected.jsonl", rows)


def printed(folder: Path) -> str:
    """Return the files of a folder, one after the other."""
    texts = []
    for path in sorted(folder.iterdir(), key=lambda path: (path.suffix != ".py", path.name)):
        texts.append(f"--- {path.name}\n{path.read_text('utf-8')}")
    return "\n".join(texts)
